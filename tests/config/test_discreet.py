"""Whoever reads the log cannot take up an invitation."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from nhanlucso.config.discreet import WithoutSecrets


@pytest.mark.parametrize("name", ["invited", "card", "reset"])
def test_secrets_of_links_are_blotted_out(name: str) -> None:
    address = reverse(name, args=["bi-mat_128"])
    arguments: Any = ("Service Unavailable", address)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "%s: %s", arguments, None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == f"Service Unavailable: {address.replace('bi-mat_128', '…')}"


def test_other_lines_stay_as_they_are() -> None:
    record = logging.LogRecord("x", logging.ERROR, "", 0, "%s", ("/nguoi/3/",), None)
    assert WithoutSecrets().filter(record)
    assert (record.msg, record.args) == ("%s", ("/nguoi/3/",))


def test_all_lines_pass_it() -> None:
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["secrets"]
