"""Who writes a report, and how bodies are called."""

from __future__ import annotations

import pytest

from nhanlucso.reports.rules.naming import (
    Body,
    agency,
    agency_above,
    called,
    listed,
    order,
    place,
    seat_words,
    short,
    signing,
    symbol,
)

PROVINCE = Body("Tỉnh Lào Cai", "province", "10")
DISTRICT = Body("Huyện Bảo Thắng", "district", "086")
COMMUNE = Body("Xã Phú Nhuận", "commune", "02944")
SO = Body("Sở Tư pháp", "agency")
PHONG = Body("Phòng Văn hóa - Thông tin", "division")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (DISTRICT, "huyện Bảo Thắng"),
        (Body("Bảo Thắng", "district"), "huyện Bảo Thắng"),
        (Body("Thành phố Lào Cai", "district"), "thành phố Lào Cai"),
        (Body("Thị xã Sa Pa", "district"), "thị xã Sa Pa"),
        (Body("Thị trấn Nông trường Phong Hải", "commune"), "thị trấn Nông trường Phong Hải"),
        (Body("Đặc khu Phú Quốc", "commune"), "đặc khu Phú Quốc"),
        (Body("Xã Xã Phiên", "commune"), "xã Xã Phiên"),
        (Body("Thành phố Hà Nội", "province"), "thành phố Hà Nội"),
        (SO, "Sở Tư pháp"),
        (Body("Thôn Phú Hải 1", "village"), "thôn Phú Hải 1"),
    ],
)
def test_a_body_is_called_by_its_kind_and_name(body: Body, words: str) -> None:
    assert called(body) == words


@pytest.mark.parametrize(
    ("line", "above", "issuer", "where"),
    [
        ((PROVINCE,), "", "Ủy ban nhân dân tỉnh Lào Cai", "Lào Cai"),
        ((PROVINCE, Body("Việt Nam", "country")), "", "Ủy ban nhân dân tỉnh Lào Cai", "Lào Cai"),
        (
            (DISTRICT, PROVINCE),
            "Ủy ban nhân dân tỉnh Lào Cai",
            "Ủy ban nhân dân huyện Bảo Thắng",
            "Bảo Thắng",
        ),
        (
            (COMMUNE, DISTRICT, PROVINCE),
            "Ủy ban nhân dân huyện Bảo Thắng",
            "Ủy ban nhân dân xã Phú Nhuận",
            "Phú Nhuận",
        ),
        ((SO, PROVINCE), "Ủy ban nhân dân tỉnh Lào Cai", "Sở Tư pháp", "Lào Cai"),
        ((Body("Phòng Tin học", "division"), SO, PROVINCE), "Sở Tư pháp", "Phòng Tin học", "Lào Cai"),
        ((Body("Công ty A", "enterprise"), PROVINCE), "", "Công ty A", "Lào Cai"),
    ],
)
def test_the_heading_names_the_body_and_the_one_above(
    line: tuple[Body, ...], above: str, issuer: str, where: str
) -> None:
    assert (agency_above(line), agency(line[0]), place(line)) == (above, issuer, where)


def test_a_numbered_ward_is_its_own_place() -> None:
    assert place((Body("Phường 1", "commune"),)) == "Phường 1"


def test_the_symbol_takes_no_abbreviation_that_nobody_gave() -> None:
    assert symbol(DISTRICT) == "BC-UBND"
    assert symbol(SO) == "BC-"
    assert symbol(Body("Sở Tư pháp", "agency", "STP")) == "BC-STP"
    assert symbol(Body("Sở Tư pháp", "agency", "H38.12")) == "BC-"


@pytest.mark.parametrize(
    ("body", "form", "position"),
    [
        (COMMUNE, "TM. Ủy ban nhân dân", "Chủ tịch"),
        (SO, "", "Giám đốc"),
        (PHONG, "", "Trưởng phòng"),
        (Body("Văn phòng UBND tỉnh", "agency"), "", "Chánh Văn phòng"),
        (Body("Công an tỉnh", "agency"), "", "Giám đốc"),
        (Body("Công an xã Gia Phú", "agency"), "", "Trưởng Công an"),
        (Body("Thanh tra huyện", "division"), "", "Chánh Thanh tra"),
        (Body("Công ty Nước sạch", "enterprise"), "", "Giám đốc"),
        (Body("Huyện đoàn", "agency"), "", "Thủ trưởng đơn vị"),
    ],
)
def test_who_signs(body: Body, form: str, position: str) -> None:
    assert signing(body) == (form, position)


def test_names_in_a_row() -> None:
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B và C"
    assert listed(list("ABCDE"), 3) == "A, B và 3 đơn vị khác"


def test_administrative_order() -> None:
    bodies = [
        Body("Công ty B", "enterprise"),
        Body("Thôn 10", "village"),
        Body("Thôn 9", "village"),
        Body("Xã Gia Phú", "commune", "02920"),
        Body("Thị trấn Phố Lu", "commune", "02905"),
        PHONG,
        SO,
    ]
    assert [body.name for body in sorted(bodies, key=order)] == [
        "Sở Tư pháp",
        "Phòng Văn hóa - Thông tin",
        "Thị trấn Phố Lu",
        "Xã Gia Phú",
        "Thôn 9",
        "Thôn 10",
        "Công ty B",
    ]
    assert seat_words(bodies) == ["xã", "thị trấn"]


def test_short_names() -> None:
    assert (short(DISTRICT), short(SO)) == ("UBND huyện Bảo Thắng", "Sở Tư pháp")
