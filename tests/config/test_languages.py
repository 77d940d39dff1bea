"""A language is added by a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from django.conf import settings
from django.test import Client, override_settings

from nhanlucso.config.languages import languages
from scripts.messages import read

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'


def add(folder: Path, code: str, text: str) -> None:
    """Adds the catalogue of a language, and compiles it as `make messages` does."""
    path = folder / code / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, read(code.partition("_")[0], path))


def test_vietnamese_goes_first_and_others_bear_their_own_names(tmp_path: Path) -> None:
    assert languages(tmp_path) == [("vi", "Tiếng Việt")]
    add(tmp_path, "lo", f'{HEAD}"X-Language-Name: ພາສາລາວ\\n"\n')
    add(tmp_path, "fr", HEAD)
    add(tmp_path, "zh_Hans", HEAD)
    found = languages(tmp_path)
    assert found == [("vi", "Tiếng Việt"), ("fr", "Français"), ("lo", "ພາສາລາວ"), ("zh-hans", "简体中文")]


def test_a_name_that_nobody_knows_is_the_code(tmp_path: Path) -> None:
    path = tmp_path / "xx" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD)
    assert languages(tmp_path) == [("vi", "Tiếng Việt"), ("xx", "Xx")]


def test_the_product_has_its_catalogues() -> None:
    assert list(settings.LANGUAGES[:2]) == [("vi", "Tiếng Việt"), ("en", "English")]


@pytest.mark.django_db
def test_a_third_language_is_offered_and_spoken(tmp_path: Path) -> None:
    add(tmp_path, "fr", f'{HEAD}\nmsgid "Đăng nhập"\nmsgstr "Se connecter"\n')
    [english] = [one for one in settings.LANGUAGES if one[0] == "en"]
    with override_settings(
        LOCALE_PATHS=[tmp_path, *settings.LOCALE_PATHS],
        LANGUAGES=[*languages(tmp_path), english],
    ):
        client = Client()
        page = client.get("/tai-khoan/vao/").content.decode()
        assert 'value="fr" lang="fr">' in page
        assert 'value="en" lang="en">' in page
        assert 'value="vi"' not in page
        client.post("/ngon-ngu/", {"language": "fr", "next": "/tai-khoan/vao/"})
        page = client.get("/tai-khoan/vao/").content.decode()
        assert '<html lang="fr"' in page
        assert "Se connecter" in page
        assert 'value="vi" lang="vi">' in page
        assert "Nhân lực số" in page  # not translated yet: as in the source
