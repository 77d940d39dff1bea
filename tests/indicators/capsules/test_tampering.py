"""Whatever is altered in a capsule is found, and told."""

from __future__ import annotations

import json
import os
import zipfile
from collections import Counter
from datetime import date
from io import BytesIO
from random import Random
from typing import Any

import pyarrow as pa
import pytest

from nhanlucso.indicators.capsules import read_capsule
from nhanlucso.indicators.capsules.container import pack
from nhanlucso.indicators.capsules.verdict import judged, require_signer, require_true
from nhanlucso.kernel.errors import Refused
from tests.indicators.capsules import spoiling

END = date(2024, 9, 14)
pytestmark = pytest.mark.django_db  # the capsule is made of records


def refusal(data: bytes) -> Refused:
    with pytest.raises(Refused) as found:
        require_true(judged(data))
    return found.value


def test_every_figure_of_a_capsule_is_computed_again(district: bytes) -> None:
    verdict = judged(district)
    require_true(verdict)
    assert verdict.agreeing == len(verdict.lines) == 23 * len(verdict.manifest.units)
    assert verdict.manifest.unit.id == "bao-thang"


def test_a_byte_anywhere_in_the_file_is_found(district: bytes) -> None:
    choice = Random(7)
    for at in sorted(choice.sample(range(len(district)), 150)):
        spoiled = bytearray(district)
        spoiled[at] ^= 1 << choice.randrange(8)
        assert refusal(bytes(spoiled)).code in ("capsule_damaged", "bad_signature", "not_a_capsule"), at


def test_a_byte_in_a_member_is_found_and_the_member_told(district: bytes) -> None:
    for name, body in spoiling.members_of(district).items():
        spoiled = bytearray(body)
        spoiled[len(body) // 2] ^= 1
        found = refusal(spoiling.replaced(district, name, bytes(spoiled)))
        if name.startswith("manifest"):
            assert found.code in ("bad_signature", "capsule_damaged")
        else:
            assert (found.code, found.details[0].file) == ("capsule_damaged", name)


def test_a_figure_changed_with_its_hash_breaks_the_signature(district: bytes) -> None:
    figures = json.loads(spoiling.members_of(district)["figures.json"])
    figures[0]["value"] += 1
    found = refusal(spoiling.rehashed(district, figures_json=spoiling.text_of(figures)))
    assert found.code == "bad_signature"


def test_a_figure_changed_and_signed_by_somebody_else_is_told_with_both_numbers(district: bytes) -> None:
    figures = json.loads(spoiling.members_of(district)["figures.json"])
    stated = figures[0]["value"]
    figures[0]["value"] += 5
    forged = spoiling.resigned(spoiling.rehashed(district, figures_json=spoiling.text_of(figures)))
    found = refusal(forged)
    assert found.code == "figures_differ"
    assert f"nêu {stated + 5}, tính lại {stated}" in found.details[0].message
    assert len(found.details) == 1


def test_a_figure_left_out_is_told(district: bytes) -> None:
    figures = json.loads(spoiling.members_of(district)["figures.json"])
    left = spoiling.rehashed(district, figures_json=spoiling.text_of(figures[:3] + figures[4:]))
    assert refusal(left).code == "bad_signature"
    found = refusal(spoiling.resigned(left))
    assert found.code == "figures_missing"
    assert [d.message for d in found.details] == [f"bao-thang · 2024-9M: thiếu {figures[3]['indicator']}"]
    assert f"1 trong {len(figures)}" in found.message


def test_a_unit_left_out_is_told_whether_or_not_the_manifest_names_it(district: bytes) -> None:
    members = spoiling.members_of(district)
    figures = json.loads(members["figures.json"])
    other = json.loads(members["manifest.json"])["units"][3]
    kept = [row for row in figures if row["unit_id"] != other["id"]]
    left = spoiling.rehashed(district, figures_json=spoiling.text_of(kept))
    assert refusal(left).code == "bad_signature"
    found = refusal(spoiling.resigned(left))
    all_of_it = "2024-9M: không có số liệu nào, phải có 23"
    assert (found.code, len(found.details)) == ("figures_missing", 1)
    assert found.details[0].message == f"{other['id']} · {all_of_it}"

    def unnamed(page: dict[str, Any]) -> None:
        page["units"] = [unit for unit in page["units"] if unit["id"] != other["id"]]

    found = refusal(spoiling.resigned(left, unnamed))
    assert found.code == "figures_missing"
    assert found.details[0].message == " ".join([other["name"], other["code"]]).strip() + f" · {all_of_it}"
    nothing = spoiling.resigned(spoiling.rehashed(district, figures_json=b"[]\n"))
    assert len(refusal(nothing).details) == len(json.loads(members["manifest.json"])["units"])


def test_what_is_wrong_and_what_is_missing_are_told_together(district: bytes) -> None:
    figures = json.loads(spoiling.members_of(district)["figures.json"])
    figures[0]["value"] += 5
    spoiled = spoiling.rehashed(district, figures_json=spoiling.text_of(figures[:-1]))
    found = refusal(spoiling.resigned(spoiled))
    assert (found.code, len(found.details)) == ("figures_differ", 2)


def test_a_figure_stated_twice_or_a_unit_named_twice_is_found(district: bytes) -> None:
    figures = json.loads(spoiling.members_of(district)["figures.json"])
    twice = spoiling.rehashed(district, figures_json=spoiling.text_of([*figures, figures[0]]))
    assert refusal(spoiling.resigned(twice)).details[0].file == "figures.json"
    found = refusal(spoiling.resigned(district, lambda page: page["units"].append(page["units"][1])))
    assert (found.code, found.details[0].file) == ("capsule_damaged", "manifest.json")


def test_a_person_left_out_shows_in_the_figures(district: bytes) -> None:
    posts = spoiling.members_of(district)["facts/posts.parquet"]
    rows = spoiling.rows_of(posts)
    held = Counter(row["person"] for row in rows)
    at = next(
        n
        for n, row in enumerate(rows)
        if row["staff"] and row["valid_from"] <= END <= row["valid_to"] and held[row["person"]] == 1
    )
    forged = spoiling.resigned(
        spoiling.rehashed(district, facts_posts_parquet=spoiling.without_row(posts, at))
    )
    found = refusal(forged)
    assert found.code == "figures_differ"
    assert any("staff.headcount" in detail.message for detail in found.details)


def test_tables_swapped_are_found(district: bytes) -> None:
    members = spoiling.members_of(district)
    swapped = spoiling.replaced(district, "facts/teams.parquet", members["facts/members.parquet"])
    assert refusal(swapped).details[0].file == "facts/teams.parquet"
    forged = spoiling.resigned(
        spoiling.rehashed(district, facts_teams_parquet=members["facts/members.parquet"])
    )
    assert (refusal(forged).code, refusal(forged).details[0].file) == (
        "capsule_damaged",
        "facts/teams.parquet",
    )


def test_another_signer_is_told_plainly(district: bytes) -> None:
    forged = spoiling.resigned(district)
    require_true(judged(forged))  # the figures are true; who says so is another
    own = read_capsule(district).manifest
    assert judged(forged).manifest.fingerprint != own.fingerprint
    require_signer(own, own.fingerprint.upper())
    require_signer(own, own.public_key)
    for wanted in (own.fingerprint, own.public_key):
        with pytest.raises(Refused) as found:
            require_signer(judged(forged).manifest, wanted)
        assert found.value.code == "other_signer"
    with pytest.raises(Refused) as found:
        require_signer(own, own.fingerprint[:16])
    assert found.value.code == "bad_key"


def test_the_key_cannot_be_exchanged_without_the_signature(district: bytes) -> None:
    members = spoiling.members_of(district)
    manifest = json.loads(members["manifest.json"])
    manifest["public_key"] = "00" * 32
    assert refusal(pack(members | {"manifest.json": spoiling.text_of(manifest)})).code == "bad_signature"
    assert refusal(pack(members | {"manifest.sig": b"zz\n"})).code == "bad_signature"
    assert refusal(pack(members | {"manifest.sig": members["manifest.sig"].upper()})).code == "bad_signature"


@pytest.mark.parametrize("size", [0, 3, 100, 50_000])
def test_random_bytes_are_no_capsule(size: int) -> None:
    assert refusal(os.urandom(size)).code == "not_a_capsule"
    assert refusal(b"PK\x03\x04" + os.urandom(size)).code == "capsule_damaged"


def test_a_capsule_cut_short_is_damaged(district: bytes) -> None:
    for share in (0.1, 0.5, 0.9, 0.999):
        assert refusal(district[: int(len(district) * share)]).code == "capsule_damaged"


def test_more_bytes_or_members_are_found(district: bytes) -> None:
    members = spoiling.members_of(district)
    assert refusal(district + b"\0").code == "capsule_damaged"
    found = refusal(pack(members | {"facts/more.parquet": b"x"}))
    assert (found.code, found.details[0].file) == ("capsule_damaged", "facts/more.parquet")
    left = {name: body for name, body in members.items() if name != "tree.json"}
    assert refusal(pack(left)).details[0].file == "tree.json"


def test_members_twice_or_compressed_are_refused(district: bytes) -> None:
    members = spoiling.members_of(district)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive, pytest.warns(UserWarning):
        for name, body in [*members.items(), ("figures.json", b"[]")]:
            archive.writestr(name, body)
    assert refusal(out.getvalue()).details[0].file == "figures.json"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", members["manifest.json"])
        archive.writestr("figures.json", b"[" + b" " * 20_000_000 + b"]")
    assert refusal(out.getvalue()).code == "capsule_damaged"


def test_a_zip_of_something_else_is_no_capsule() -> None:
    assert refusal(pack({"a.txt": b"a"})).code == "not_a_capsule"
    assert refusal(pack({"manifest.json": b'{"format": "else"}'})).code == "not_a_capsule"
    assert refusal(pack({"manifest.json": b"["})).code == "capsule_damaged"
    assert refusal(pack({"manifest.json": b"[" * 100_000})).code == "capsule_damaged"
    assert (
        refusal(pack({"manifest.json": b'{"format":"nhanlucso-capsule","version":2}'})).code
        == "capsule_damaged"
    )


def test_what_a_stranger_signs_is_read_with_care(district: bytes) -> None:
    """Tables of other shapes, trees that bite their tail, declarations that ask for what there is not."""
    huge = pa.table({"session": pa.array([1] * 3, pa.int32()), "person": pa.array(["1"] * 3)})
    tree = json.loads(spoiling.members_of(district)["tree.json"])
    unit = tree["versions"][0][0]
    splits = [
        [n, "2024-01-01", unit + n + k, unit + n + 1 + j]
        for n in range(60)
        for k in range(2)
        for j in range(2)
    ]
    declared = json.loads(spoiling.members_of(district)["definitions.json"])
    for spoiled in (
        {"facts_attendance_parquet": spoiling.parquet_of(huge)},
        {"facts_attendance_parquet": b"PAR1" + b"\0" * 100 + b"PAR1"},
        {"tree_json": spoiling.text_of({"versions": tree["versions"], "changes": splits})},
        {"tree_json": spoiling.text_of({"versions": [[1]], "changes": []})},
        {"tree_json": spoiling.text_of([])},
        {
            "definitions_json": spoiling.text_of(
                [{**declared[0], "relation": "x'; DROP TABLE posts"}, *declared[1:]]
            )
        },
        {"definitions_json": spoiling.text_of([{**declared[0], "more": 1}, *declared[1:]])},
        {"definitions_json": spoiling.text_of({"a": 1})},
        {"definitions_json": spoiling.text_of(declared[1:])},
        {"figures_json": spoiling.text_of({"a": 1})},
        {"figures_json": spoiling.text_of([{"indicator": [], "period": {}, "unit_id": None}])},
        {
            "figures_json": spoiling.text_of(
                [{"indicator": "staff.headcount", "period": "x", "unit_id": "bao-thang"}]
            )
        },
        {"figures_json": spoiling.text_of([{"indicator": "none", "period": "2024", "unit_id": "bao-thang"}])},
    ):
        found = refusal(spoiling.resigned(spoiling.rehashed(district, **spoiled)))
        assert found.code == "capsule_damaged", (spoiled, found.code)


def test_a_manifest_that_says_other_than_its_members_is_found(district: bytes) -> None:
    for name, value in (("period", "2024"), ("definitions", {}), ("tree", "2025-01-01"), ("rows", {})):
        forged = spoiling.resigned(district, lambda page, name=name, value=value: page.update({name: value}))
        assert refusal(forged).code in ("capsule_damaged", "figures_differ"), name
