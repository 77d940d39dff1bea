"""What is counted of requests, for Prometheus. Labels are names of routes, methods and statuses: few, and never a
word of anybody."""

from prometheus_client import Counter, Histogram

REQUESTS = Counter("nhanlucso_requests", "Requests answered", ["route", "method", "status"])
SECONDS = Histogram(
    "nhanlucso_request_seconds",
    "Time until an answer was ready",
    ["route"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
QUERIES = Histogram(
    "nhanlucso_request_queries",
    "Questions to the database for one request",
    ["route"],
    buckets=(0, 5, 10, 20, 40, 80, 160),
)
SLOW = Counter("nhanlucso_slow_queries", "Questions to the database over NHANLUCSO_SLOW_QUERY_MS")
