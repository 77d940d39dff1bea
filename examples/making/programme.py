"""The national programme that both cases carry out."""

from __future__ import annotations

from datetime import date

from making.tables import Bundle

PROGRAMME = "de-an-146"


def add_programme(bundle: Bundle) -> None:
    bundle.add(
        "programmes",
        id=PROGRAMME,
        number="146/QĐ-TTg",
        title=(
            "Nâng cao nhận thức, phổ cập kỹ năng và phát triển nguồn nhân lực chuyển đổi số quốc gia "
            "đến năm 2025, định hướng đến năm 2030"
        ),
        issuer="Thủ tướng Chính phủ",
        issued_on=date(2022, 1, 28),
        valid_from=date(2022, 1, 28),
    )
