"""Writing values into the cells of a workbook."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from lxml import etree

from nhanlucso.papers.forms.package import tree, written
from nhanlucso.papers.forms.places import places_of
from nhanlucso.papers.forms.runs import SPACE, fitted, rewritten
from nhanlucso.papers.forms.workbook.looks import NS, Looks, looks_of
from nhanlucso.papers.forms.workbook.reading import (
    BOOK,
    MAIN,
    Sheet,
    corner,
    item_of,
    read_sheet,
    sheets_of,
    strings_of,
    texts_in,
)

Value = str | float


def fill_workbook(parts: Mapping[str, bytes], values: Mapping[str, Value]) -> dict[str, bytes]:
    """The parts with values in their spots; formulas are worked out anew when the file is opened."""
    done, strings, looks = dict(parts), strings_of(parts), looks_of(parts)
    for number, (name, part) in enumerate(sheets_of(parts)):
        mine: dict[str, dict[str, Value]] = {}
        for spot, value in values.items():
            of, _mark, reference = spot.partition("!")
            if of == str(number):
                cell, _dot, key = reference.partition(".")
                mine.setdefault(cell, {})[key] = value
        if mine:
            root = tree(parts[part])
            sheet = read_sheet(name, number, root, strings, looks)
            cells = _Cells(root)
            for reference, given in mine.items():
                _fill(cells.at(reference), sheet, reference, given, strings, looks)
            done[part] = written(root)
    done[BOOK] = _counted_anew(parts[BOOK])
    return done


class _Cells:
    """The cells of a sheet by their reference; those that are not there are made in their order."""

    def __init__(self, root: Any) -> None:
        self._data = root.find("m:sheetData", NS)
        self._rows = {row.get("r"): row for row in self._data.iterfind("m:row", NS)}
        self._cells = {cell.get("r"): cell for row in self._rows.values() for cell in row.iterfind("m:c", NS)}

    def at(self, reference: str) -> Any:
        if reference not in self._cells:
            self._cells[reference] = self._made(reference)
        return self._cells[reference]

    def _made(self, reference: str) -> Any:
        number, column = corner(reference)
        row = self._rows.get(str(number + 1))
        if row is None:
            row = self._rows[str(number + 1)] = etree.Element(f"{MAIN}row", r=str(number + 1))
            later = (r for r in self._data.iterfind("m:row", NS) if int(r.get("r", "0")) > number + 1)
            _put(row, next(later, None), self._data)
        cell = etree.Element(f"{MAIN}c", r=reference)
        after = (c for c in row.iterfind("m:c", NS) if corner(c.get("r", ""))[1] > column)
        _put(cell, next(after, None), row)
        return cell


def _put(element: Any, before: Any, parent: Any) -> None:
    if before is None:
        parent.append(element)
    else:
        before.addprevious(element)


def _fill(
    element: Any, sheet: Sheet, reference: str, given: Mapping[str, Value], strings: list[Any], looks: Looks
) -> None:
    place = corner(reference)
    item = copy.deepcopy(item_of(element, strings))
    for child in list(element):
        element.remove(child)
    element.attrib.pop("t", None)
    if "" not in given:
        text = sheet.texts[place]
        item = _item(text) if item is None else item
        places = {one.key: one for one in places_of(text)}
        changes = [
            (
                places[key].start,
                places[key].end,
                fitted(str(value), text[places[key].start : places[key].end]),
            )
            for key, value in given.items()
        ]
        rewritten([(one, one.text or "") for one in texts_in(item)], changes, lambda one: one)
        item.tag = f"{MAIN}is"
        element.set("t", "inlineStr")
        element.append(item)
        return
    value = given[""]
    if isinstance(value, str):
        _write(element, fitted(value, "" if place in sheet.numbers else sheet.texts.get(place, "")))
    else:
        shown = round(value / 100, 9) if looks.of(element.get("s", "0")).percent else value
        etree.SubElement(element, f"{MAIN}v").text = repr(shown)


def _write(element: Any, text: str) -> None:
    if not text:
        return
    element.set("t", "inlineStr")
    element.append(_item(text))


def _item(text: str) -> Any:
    item = etree.Element(f"{MAIN}is")
    holder = etree.SubElement(item, f"{MAIN}t")
    holder.text = text
    holder.set(SPACE, "preserve")
    return item


def _counted_anew(book: bytes) -> bytes:
    root = tree(book)
    counting = root.find("m:calcPr", NS)
    if counting is None:
        counting = etree.Element(f"{MAIN}calcPr")
        names = ("definedNames", "externalReferences", "sheets")  # what it stands behind, the last one first
        before = next(found for name in names if (found := root.find(f"m:{name}", NS)) is not None)
        before.addnext(counting)
    counting.set("fullCalcOnLoad", "1")
    return written(root)
