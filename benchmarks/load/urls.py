"""The addresses of the product, and `hello`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

HELLO = engines["django"].from_string("<!doctype html><title>hello</title><p>hello")


def hello(request: HttpRequest) -> HttpResponse:
    """For who is signed in, as every page: session, account and scope are read for it, too."""
    return HttpResponse(HELLO.render({}, request) + str(request.scope.account_id))  # type: ignore[attr-defined]


urlpatterns = [path("hello", hello), path("", include("nhanlucso.config.urls"))]
