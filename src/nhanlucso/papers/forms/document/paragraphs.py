"""Paragraphs of a document as texts with places, wherever they stand: in the body, in headers, footers, notes, text
boxes, content controls and form fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nhanlucso.papers.forms.package import form_runs, not_a_form, too_large, tree
from nhanlucso.papers.forms.places import Place, places_of
from nhanlucso.papers.forms.runs import Atom

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
NS = {"w": MAIN}
BODY = "word/document.xml"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_STORIES = re.compile(r"word/((?:header|footer)[0-9]*|footnotes|endnotes)\.xml")
_MOST_PARAGRAPHS = 20_000
_DOTTED = {"dot", "underscore", "hyphen", "middleDot"}
_NOT_ASKED = (
    "checkbox",
    "docPartObj",
    "docPartList",
    "picture",
    "group",
    "equation",
    "bibliography",
    "citation",
)
_ASKING = re.compile(r"\s*(FORMTEXT|MERGEFIELD)\b\s*\"?([^\"\\]*)")
_FETCHING = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\b")
LEADER = "………"


@dataclass(slots=True)
class Story:
    """A part with text of its own; `prefix`: what the names of its spots begin with."""

    prefix: str
    part: str
    root: Any
    paragraphs: list[Any]


def stories(parts: Mapping[str, bytes]) -> list[Story]:
    """The body first, then headers, footers and notes. Raises Refused("not_a_form", "form_too_large", "form_runs")."""
    if BODY not in parts:
        raise not_a_form()
    names = sorted((match[1], name) for name in parts if (match := _STORIES.fullmatch(name)))
    found = [_story("", BODY, parts), *(_story(f"{short}/", name, parts) for short, name in names)]
    if sum(len(story.paragraphs) for story in found) > _MOST_PARAGRAPHS:
        raise too_large()
    return found


def _story(prefix: str, part: str, parts: Mapping[str, bytes]) -> Story:
    root = tree(parts[part])
    instructions = "".join(element.text or "" for element in root.iter(f"{W}instrText"))
    simple = " ".join(element.get(f"{W}instr", "") for element in root.iter(f"{W}fldSimple"))
    if _FETCHING.search(f"{instructions} {simple}"):
        raise form_runs()
    return Story(prefix, part, root, list(root.iter(f"{W}p")))


def own(paragraph: Any, *tags: str) -> Iterator[Any]:
    """Elements of a paragraph, without those of paragraphs within it (text boxes)."""
    for element in paragraph.iter(*tags):
        if next(element.iterancestors(f"{W}p"), None) is paragraph:
            yield element


def atoms_of(paragraph: Any) -> list[Atom]:
    """The elements of a paragraph that show text, with what they show; a line of dots may be a tab."""
    dotted = any(tab.get(f"{W}leader") in _DOTTED for tab in paragraph.iterfind("w:pPr/w:tabs/w:tab", NS))
    shows = {f"{W}tab": LEADER if dotted else " ", f"{W}br": " ", f"{W}noBreakHyphen": "-"}
    return [
        (element, (element.text or "") if element.tag == f"{W}t" else shows[element.tag])
        for element in own(paragraph, f"{W}t", *shows)
        if element.getparent().tag == f"{W}r"
    ]


def text_of(paragraph: Any) -> str:
    return "".join(words for _element, words in atoms_of(paragraph))


def places_in(paragraph: Any, atoms: Sequence[Atom]) -> list[Place]:
    """The places of a paragraph; what other fields show, such as the number of the page, is nobody's to write."""
    spans, at = {}, 0
    for element, words in atoms:
        spans[element] = (at, at + len(words))
        at += len(words)
    asked: list[Place] = []
    kept: list[tuple[int, int]] = []
    for elements, label in (*_controls(paragraph), *_fields(paragraph)):
        inside = [spans[element] for element in elements if element in spans]
        if not inside or inside[0][0] == inside[-1][1]:
            continue
        start, end = inside[0][0], inside[-1][1]
        if label is None:
            kept.append((start, end))
        elif all(end <= place.start or start >= place.end for place in asked):
            asked.append(Place(start, end, f"c{len(asked)}", "blank", label))
    text = "".join(words for _element, words in atoms)
    return places_of(text, sorted(asked, key=lambda place: place.start), kept)


def _controls(paragraph: Any) -> Iterator[tuple[list[Any], str | None]]:
    """Content controls with their texts and what they are called: those within the paragraph, and those that hold this
    paragraph alone."""
    above = [
        control
        for control in paragraph.iterancestors(f"{W}sdt")
        if len(list(control.iter(f"{W}p"))) == 1 and _asks(control)
    ]
    for control in (*above[:1], *(one for one in own(paragraph, f"{W}sdt") if _asks(one))):
        yield list(control.iter(f"{W}t")), _label(control)


def _asks(control: Any) -> bool:
    settings = control.find("w:sdtPr", NS)
    return settings is not None and not any(settings.find(f"{{*}}{word}") is not None for word in _NOT_ASKED)


def _label(control: Any) -> str:
    for word in ("alias", "tag"):
        found = control.find(f"w:sdtPr/w:{word}", NS)
        if found is not None and found.get(f"{W}val"):
            return str(found.get(f"{W}val"))
    return ""


def _fields(paragraph: Any) -> Iterator[tuple[list[Any], str | None]]:
    """Fields with the texts they show: what a form field asks for (its name), None for the others."""
    for simple in own(paragraph, f"{W}fldSimple"):
        asking = _ASKING.match(simple.get(f"{W}instr", ""))
        yield list(simple.iter(f"{W}t")), asking[2].strip() if asking else None
    shown: list[Any] = []
    said, depth, showing = "", 0, False
    for element in own(paragraph, f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            depth, said, shown, showing = depth + 1, "", [], False
        elif kind == "separate":
            showing = True
        elif kind == "end":
            asking = _ASKING.match(said)
            yield shown, asking[2].strip() if asking else None
            depth, showing = max(depth - 1, 0), False
        elif element.tag == f"{W}instrText":
            said += element.text or ""
        elif showing and depth:
            shown.append(element)
