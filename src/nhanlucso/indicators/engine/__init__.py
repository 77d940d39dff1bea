"""The analytics engine: the only place that knows DuckDB."""
