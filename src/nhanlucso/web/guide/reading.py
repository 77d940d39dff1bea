"""The guide: the same Markdown that stands in docs/guide, as pages of the product."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from nhanlucso.access.enums import Role

FOLDER: Path = settings.GUIDE
PAGES: dict[str, frozenset[str]] = {  # in the order of the contents; whom a page is for
    "bat-dau": frozenset(Role),
    "dang-nhap": frozenset(Role),
    "can-bo-phu-trach": frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
    "sap-xep-don-vi": frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
    "danh-sach-va-bao-cao": frozenset({Role.OFFICER, Role.PLANNER, Role.ADMINISTRATOR}),
    "so-lieu-da-chot": frozenset(
        {Role.OFFICER, Role.APPROVER, Role.PLANNER, Role.VIEWER, Role.AUDITOR, Role.ADMINISTRATOR}
    ),
    "bieu-mau": frozenset({Role.OFFICER, Role.PLANNER, Role.ADMINISTRATOR}),
    "lap-ke-hoach": frozenset({Role.PLANNER}),
    "chi-so-tu-lap": frozenset({Role.PLANNER, Role.ADMINISTRATOR}),
    "lanh-dao-duyet": frozenset({Role.APPROVER}),
    "giang-vien": frozenset({Role.TRAINER}),
    "to-cong-nghe-so": frozenset({Role.TEAM_MEMBER}),
    "nguoi-hoc": frozenset({Role.LEARNER}),
    "doanh-nghiep": frozenset({Role.ENTERPRISE}),
    "nguoi-xem": frozenset({Role.VIEWER}),
    "kiem-tra": frozenset({Role.AUDITOR}),
    "quan-tri": frozenset({Role.ADMINISTRATOR}),
}
VIETNAMESE, LANGUAGES = "vi", ("en",)  # the folders of other languages hold some of the pages
SIZES = {"phone": (360, 740), "desktop": (1280, 800)}  # of pictures, by the end of their name
_PICTURE = re.compile(r'<img src="(?:\.\./)?pictures/([a-z0-9-]+-(phone|desktop)\.jpg)" alt="([^"]*)" />')
_PAGE_LINK = re.compile(r'href="([a-z-]+)\.md"')


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page of the guide: its heading, its first sentence, the rest as HTML, the language it is in."""

    slug: str
    title: str
    lead: str
    body: SafeString
    language: str = VIETNAMESE
    mine: bool = False


@cache
def guide_page(slug: str, language: str = VIETNAMESE) -> GuidePage:
    """A page of the guide, in Vietnamese where there is none in the language. Raises KeyError for one that is not in
    the contents."""
    if slug not in PAGES:
        raise KeyError(slug)
    path = FOLDER / language / f"{slug}.md"
    if language not in LANGUAGES or not path.exists():
        language, path = VIETNAMESE, FOLDER / f"{slug}.md"
    text = path.read_text(encoding="utf-8")
    heading, lead, rest = text.split("\n\n", 2)
    html = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable("table").render(rest)
    html = html.replace("<table>", '<table class="data">')
    html = _PAGE_LINK.sub(r'href="../\1/"', _PICTURE.sub(_picture, html))
    body = mark_safe(html)  # noqa: S308 - our own text, and HTML in it is escaped
    return GuidePage(slug, heading.removeprefix("# "), lead, body, language)


def _picture(found: re.Match[str]) -> str:
    name, device, words = found.groups()
    width, height = SIZES[device]
    return format_html(
        '<img class="shot" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
        static(f"guide/{name}"),
        words,
        width,
        height,
    )


def contents(roles: frozenset[str], language: str = VIETNAMESE) -> Sequence[GuidePage]:
    """All pages, those for these roles first."""
    pages = [guide_page(slug, language) for slug in PAGES]
    own = [page for page in pages if PAGES[page.slug] & roles]
    return [
        *(replace(page, mine=True) for page in own),
        *(page for page in pages if page not in own),
    ]
