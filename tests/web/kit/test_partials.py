"""The partials that pages are put together from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings

from nhanlucso.web import kit
from nhanlucso.web.templatetags.kit import icon, target_tag

TEMPLATES = Path(kit.__file__).parents[1] / "templates"


class Sample(forms.Form):
    name = forms.CharField(
        label="Họ và tên", help_text="Có dấu.", error_messages={"required": "Hãy ghi tên."}
    )
    kind = forms.ChoiceField(
        label="Loại", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False
    )
    agreed = forms.BooleanField(label="Đồng ý", required=False)
    file = forms.FileField(label="Tệp", required=False)


def field(name: str, form: forms.Form | None = None) -> str:
    return render_to_string("kit/_field.html", {"field": (form or Sample())[name]})


def test_a_field_names_its_hint_and_error() -> None:
    html = field("name", Sample({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_optional_fields_say_so() -> None:
    assert "không bắt buộc" not in field("name")
    assert "không bắt buộc" in field("file")


def test_radios_stand_in_a_fieldset_and_files_in_a_drop_field() -> None:
    assert "<legend>" in field("kind")
    assert 'class="drop"' in field("file")
    assert 'class="field check"' in field("agreed")


def test_the_error_summary_leads_to_the_field() -> None:
    html = render_to_string("kit/_error_summary.html", {"form": Sample({"name": ""})})
    assert '<a href="#id_name">Họ và tên: Hãy ghi tên.</a>' in html
    assert render_to_string("kit/_error_summary.html", {"form": Sample()}).strip() == ""


def test_problems_without_a_form_are_escaped() -> None:
    html = render_to_string("kit/_error_summary.html", {"problems": [{"message": "Dòng 14: <b>"}]})
    assert "Dòng 14: &lt;b&gt;" in html


def test_progress_counts_and_polls_while_it_runs() -> None:
    html = render_to_string(
        "kit/_progress.html", {"label": "Đang nhập", "done": 1240, "total": 3000, "poll": "/p"}
    )
    assert 'max="3000" value="1240"' in html
    assert "1.240 trên 3.000" in html
    assert 'hx-get="/p"' in html
    still = render_to_string("kit/_progress.html", {"label": "Đang nhập", "done": 1, "total": None})
    assert "hx-get" not in still
    assert "value=" not in still


def test_pagination_keeps_the_other_parameters() -> None:
    page = Paginator(range(500), 50).get_page(4)
    request = RequestFactory().get("/", {"q": "phú nhuận", "page": "4"})
    request.user = AnonymousUser()
    html = render_to_string("kit/_pagination.html", {"page": page}, request)
    assert 'aria-current="page">4<' in html
    assert "page=5" in html
    assert "q=ph%C3%BA" in html
    single = render_to_string("kit/_pagination.html", {"page": Paginator([1], 50).get_page(1)}, request)
    assert single.strip() == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (90.0, "Đạt chỉ tiêu 90"),
        (89.97, "Thiếu dưới 0,1 điểm %"),
        (52.4, "Thiếu 37,6"),
        (None, "Chỉ tiêu 90"),
    ],
)
def test_the_target_is_judged_on_the_exact_value(value: float | None, words: str) -> None:
    assert words in target_tag({"value": value, "unit": "%"}, 90)


def test_a_figure_card_shows_value_bounds_and_when() -> None:
    figure = {
        "value": 612,
        "qualifier": "exact",
        "low": 612,
        "high": 640,
        "unit": "người",
        "as_of": "2024-09-14",
    }
    html = render_to_string("kit/_figure.html", {"figure": figure, "label": "Người học", "href": "/chi-so/1"})
    for words in ("612", "người", "có thể từ 612 đến 640", "14/09/2024", 'href="/chi-so/1"'):
        assert words in html
    assert "<svg" not in html  # a count without a target has nothing to be measured against


def test_an_icon_is_decoration() -> None:
    assert 'aria-hidden="true"' in icon("home")
    assert "icons.svg#home" in icon("home")


@override_settings(ROOT_URLCONF="nhanlucso.web.design.urls")
def test_the_page_of_patterns_shows_everything(client: Client) -> None:
    response = client.get("/")
    html = response.content.decode()
    assert response.status_code == 200
    for words in (
        "Đạt chỉ tiêu",
        "Có chỗ cần sửa",
        'class="plot map"',
        "Chưa có số liệu",
        "timeline",
        "tree",
    ):
        assert words in html


def test_nothing_is_inline() -> None:
    """The content security policy takes no inline script, handler or style."""
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        assert "<style" not in text, path
        assert " style=" not in text, path
        assert " onclick=" not in text, path
        assert "hx-on" not in text, path
        assert text.count("<script") == len(re.findall(r"<script[^>]* src=", text)), path
