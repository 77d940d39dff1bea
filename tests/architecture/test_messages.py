"""Texts: Vietnamese in the source, every one of them marked, every one of them translated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.messages import KEYWORDS, SOURCE, catalogues, complaints, found_texts, read
from tests.architecture.source import Module, product

# Letters that only Vietnamese has, and short words of English that Vietnamese has not.
VIETNAMESE = re.compile(
    r"[àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ]", re.IGNORECASE
)
ENGLISH = re.compile(r"\b(?:the|and|of|is|are|this|please|your|not|with|for)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")

# Vietnamese that stays Vietnamese. Paths are from the root of the package; a folder stands for all in it.
PLAIN = {
    "cli": "the command line is Vietnamese",
    "upkeep": "backup, restore and doctor speak on the command line",
    "reports": "official papers are Vietnamese",
    "papers": "official papers are Vietnamese",
    "orgs/catalogue/search.py": "a refusal of the command line alone, which runs without Django",
    "indicators/figures.py": "a sentence of the command line; pages have web/kit/wording.py",
    "kernel/errors.py": "places in the lists of the command line; pages show them as a table",
    "kernel/periods.py": "names of periods on papers; pages have web/kit/periods.py",
    "kernel/text.py": "the letters of the alphabet",
    "config/languages.py": "the name of a language in itself",
    "indicators/enums.py": "units of figures are fixed values of the exchange contract; their labels are marked",
    "web/kit/wording.py": "keys: the units of figures",
    "exchange/sheets": "what is looked for in lists; sentences are told apart below",
    "exchange/oneroster": "titles and names of records, which are Vietnamese",
    "web/scim/schemas.py": "what directories are told of attributes, in the first language as the schemas are cached",
    "web/guide/samples.py": "sample lists are Vietnamese, like the lists that offices keep",
    "access/devices/names.py": "names of browsers",
    "forms/enums.py": "a mark that is written into papers, which are Vietnamese; its label is marked",
    "forms/rules/writing.py": "words that are written into papers, which are Vietnamese",
    "web/design": "invented examples of the page of patterns",
}
TEMPLATES = SOURCE / "web" / "templates"
PLAIN_TEMPLATES = {
    "500.html": "shown when nothing else works, languages included",
    "reports/page.html": "the names of file formats",
    "admin/webhook.html": "the name of a protocol",
    "design/page.html": "invented examples of the page of patterns",
}
_MARKED = re.compile(
    r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|\{%\s*blocktranslate.*?endblocktranslate\s*%\}"
    r"|\{%\s*translate\b.*?%\}|_\(\"[^\"]*\"\)",
    re.DOTALL,
)
_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_SPOKEN = re.compile(r"\b(?:aria-label|title|alt|placeholder|data-label)=\"([^\"]*)\"")
_WORD = re.compile(r"[^\W\d_]{2,}")


def test_texts_are_found() -> None:
    places = {name.rsplit(".", 1)[-1] for name, _, _, _ in found_texts()}
    assert {"py", "html"} <= places


def test_texts_in_the_source_are_vietnamese() -> None:
    foreign = [
        f"{name}:{line}: {text}"
        for name, line, text, _ in found_texts()
        if ENGLISH.search(str(text)) and not VIETNAMESE.search(str(text))
    ]
    assert foreign == []


def test_every_text_is_translated() -> None:
    assert "en" in catalogues()
    assert complaints() == []


def test_a_translation_has_the_placeholders_of_its_text_and_english_quotation_marks() -> None:
    wrong = []
    for message in read("en", catalogues()["en"]):
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = sorted(PLACEHOLDER.findall(texts[-1]))
        for said in message.string if isinstance(message.string, tuple) else (message.string,):
            if message.id and sorted(PLACEHOLDER.findall(said)) != wanted:
                wrong.append(f"«{texts[0]}»: other placeholders: {said}")
            if message.id and "«" in said:
                wrong.append(f"«{texts[0]}»: quotation marks of Vietnamese: {said}")
    assert wrong == []


def test_every_plural_has_two_english_forms() -> None:
    plurals = [message for message in read("en", catalogues()["en"]) if isinstance(message.id, tuple)]
    assert plurals
    assert [str(message.id) for message in plurals if len(message.string) != 2] == []


def _bare_texts(module: Module) -> Iterator[tuple[int, str]]:
    """Vietnamese texts of a module that no call marks for translation; docstrings do not count."""
    aside: set[int] = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside.add(id(node.value))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in KEYWORDS:
                aside.update(id(part) for argument in node.args for part in ast.walk(argument))
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and id(node) not in aside:
            text = str(node.value)
            if VIETNAMESE.search(text):
                yield node.lineno, text


def _path(module: Module) -> str:
    return module.path.relative_to(SOURCE).as_posix()


def _is_plain(path: str) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in PLAIN)


def test_vietnamese_in_the_code_is_marked_for_translation() -> None:
    bare = [
        f"{_path(module)}:{line}: {text}"
        for module in product()
        if not _is_plain(_path(module))
        for line, text in _bare_texts(module)
    ]
    assert bare == []


def test_sentences_about_lists_are_marked_for_translation() -> None:
    """In exchange/sheets stand many words to look for; what is told to people are sentences."""
    bare = [
        f"{_path(module)}:{line}: {text}"
        for module in product()
        if _path(module).startswith("exchange/sheets/")
        for line, text in _bare_texts(module)
        if re.search(r"[.;:»]\s*$", text) and " " in text and "\\" not in text
    ]
    assert bare == []


@pytest.mark.parametrize("place", PLAIN)
def test_every_exception_in_the_code_is_needed(place: str) -> None:
    modules = [m for m in product() if _path(m) == place or _path(m).startswith(f"{place}/")]
    assert any(True for module in modules for _ in _bare_texts(module)), f"{place} has no such text any more"


def _bare_words(path: Path) -> list[str]:
    """Words of a template that people see or hear and that no tag translates."""
    text = _MARKED.sub("", path.read_text(encoding="utf-8"))
    inside = [said for tag in _TAGS.findall(text) for said in re.findall(r"\"([^\"]*)\"", tag)]
    text = re.sub(r"<(script|style)\b.*?</\1>", "", _TAGS.sub("", text), flags=re.DOTALL)
    seen = re.sub(r"&\w+;", " ", re.sub(r"<[^>]*>", "\n", text)).split("\n")
    return [
        *(said for said in inside if VIETNAMESE.search(said)),
        *(said.strip() for said in (*seen, *_SPOKEN.findall(text)) if _WORD.search(said)),
    ]


def test_words_in_templates_are_marked_for_translation() -> None:
    bare = {
        name: words
        for path in sorted(TEMPLATES.rglob("*.html"))
        if (name := path.relative_to(TEMPLATES).as_posix()) not in PLAIN_TEMPLATES
        and (words := _bare_words(path))
    }
    assert bare == {}


@pytest.mark.parametrize("name", PLAIN_TEMPLATES)
def test_every_exception_among_templates_is_needed(name: str) -> None:
    assert _bare_words(TEMPLATES / name)


def test_no_percent_sign_in_a_text_given_to_a_filter_or_tag() -> None:
    """Django doubles the sign in `_("80 %")` and shows it doubled; `{% translate "80 %" as name %}` is right."""
    doubled = [
        f"{path.relative_to(TEMPLATES)}: {text}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for text in re.findall(r"_\(\"([^\"]*%[^\"]*)\"\)", path.read_text(encoding="utf-8"))
    ]
    assert doubled == []
