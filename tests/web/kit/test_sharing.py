"""Pages passed on, and opened inside a chat app."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from nhanlucso.web.kit.sharing import figure_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vietnamese")]

CHROME = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36"
ANDROID = f"{CHROME} Zalo android/24010613 ZaloTheme/light ZaloLanguage/vi"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/492"
)


def notice(agent: str) -> str:
    html = Client().get("/design/?a=1", headers={"User-Agent": agent}).content.decode()
    found = re.search(r'<div class="notice warn" data-needs="camera".*?</div></div>', html, re.DOTALL)
    assert found is not None
    return found[0]


def test_inside_zalo_on_android_chrome_is_offered() -> None:
    shown = notice(ANDROID)
    assert " hidden" not in shown.split(">")[0]
    chrome = "intent://testserver/design/?a=1#Intent;scheme=http;package=com.android.chrome;end"
    assert f'href="{chrome}"' in shown
    assert "http://testserver/design/?a=1" in shown


def test_inside_zalo_on_an_iphone_the_link_is_copied() -> None:
    shown = notice(IPHONE)
    assert " hidden" not in shown.split(">")[0]
    assert "intent://" not in shown
    assert 'data-copy="#outside-address"' in shown


def test_a_real_browser_is_left_alone() -> None:
    assert " hidden" in notice(CHROME).split(">")[0]


def test_words_of_a_figure_without_a_value() -> None:
    figure = {"value": None, "denominator": 0, "unit": "%"}
    said = figure_words("Tỷ lệ", "Xã An", "năm 2024", figure, "2024-09-14T17:05:00+07:00")
    assert said == "Tỷ lệ, Xã An, năm 2024: chưa có số liệu, số liệu lúc 17:05 ngày 14/09/2024."
