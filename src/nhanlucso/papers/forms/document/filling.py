"""Writing values into a document."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from lxml import etree

from nhanlucso.papers.forms.document.paragraphs import FALLBACK, NS, Story, W, atoms_of, places_in, stories
from nhanlucso.papers.forms.document.reading import EMPTY, WHOLE
from nhanlucso.papers.forms.package import written
from nhanlucso.papers.forms.places import whole_number
from nhanlucso.papers.forms.runs import SPACE, fitted, rewritten

_ALTERNATE = FALLBACK.replace("Fallback", "AlternateContent")


def fill_document(parts: Mapping[str, bytes], values: Mapping[str, str]) -> dict[str, bytes]:
    """The parts with values in their spots, written like the text around them."""
    done = dict(parts)
    wanted: dict[str, dict[int, dict[str, str]]] = {}
    for spot, value in values.items():
        base, _dot, key = spot.rpartition(".")
        prefix, slash, paragraph = base.rpartition("/")
        wanted.setdefault(f"{prefix}{slash}", {}).setdefault(int(paragraph[1:]), {})[key] = value
    for story in stories(parts):
        if given := wanted.get(story.prefix):
            for number, keys in given.items():
                for paragraph in (story.paragraphs[number], *_twins(story, number)):
                    _fill(paragraph, keys)
            done[story.part] = written(story.root)
    return done


def _twins(story: Story, number: int) -> list[Any]:
    """The same paragraph of a text box as older readers see it."""
    paragraph = story.paragraphs[number]
    alternate = next(paragraph.iterancestors(_ALTERNATE), None)
    if alternate is None:
        return []
    fallback = alternate.find(FALLBACK)
    if fallback is None or next(paragraph.iterancestors(FALLBACK), None) is not None:
        return []
    here = [one for one in alternate.iter(f"{W}p") if next(one.iterancestors(FALLBACK), None) is None]
    there = list(fallback.iter(f"{W}p"))
    return [there[here.index(paragraph)]] if len(here) == len(there) else []


def _fill(paragraph: Any, keys: Mapping[str, str]) -> None:
    atoms = atoms_of(paragraph)
    text = "".join(words for _element, words in atoms)
    places = {place.key: (place.start, place.end) for place in places_in(paragraph, atoms)}
    places[WHOLE] = (0, len(text))
    places[EMPTY] = whole_number(text) or (0, len(text))
    changes = []
    for key, value in keys.items():
        start, end = places[key]
        if start == end:
            _add(paragraph, value)
        else:
            changes.append((start, end, fitted(value, text[start:end])))
    for element in rewritten(atoms, changes, _text_for):
        _no_longer_asked(element)


def _text_for(element: Any) -> Any:
    """The element itself if it holds text; else a text in its place."""
    if element.tag == f"{W}t":
        return element
    text = etree.Element(f"{W}t")
    element.getparent().replace(element, text)
    return text


def _no_longer_asked(text: Any) -> None:
    """Whatever stands in a content control is no longer its prompt, and does not look like one."""
    for control in text.iterancestors(f"{W}sdt"):
        for mark in control.iterfind("w:sdtPr/w:showingPlcHdr", NS):
            mark.getparent().remove(mark)
            for style in control.iterfind(".//w:rPr/w:rStyle", NS):
                style.getparent().remove(style)


def _add(paragraph: Any, value: str) -> None:
    """A run with the look of the paragraph's own mark, else of a neighbour in the row."""
    if not value:
        return
    run = etree.SubElement(paragraph, f"{W}r")
    look = paragraph.find("w:pPr/w:rPr", NS)
    if look is None:
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        look = next(iter(row.iterfind(".//w:r/w:rPr", NS)), None) if row is not None else None
    if look is not None:
        run.append(copy.deepcopy(look))
    text = etree.SubElement(run, f"{W}t")
    text.text = value
    text.set(SPACE, "preserve")
