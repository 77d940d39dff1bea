"""Check of the log: the chain of seals over its events."""

from __future__ import annotations

from itertools import groupby

from nhanlucso.audit.chain import Anchor, Fault, Harm, examine_chain, holds
from nhanlucso.upkeep.health.finding import BAD, OK, Finding

_WORDS = {
    Harm.CHANGED: "sự việc bị sửa",
    Harm.REMOVED: "sự việc bị xóa",
    Harm.INSERTED: "sự việc bị chèn vào",
    Harm.SEAL_GONE: "niêm phong bị xóa",
    Harm.SEAL_CHANGED: "niêm phong bị sửa",
    Harm.FOREIGN_KEY: "niêm phong ký bằng khóa khác",
}
_NAMED = 10


def chained(anchor: Anchor | None) -> Finding:
    """Every sealed event is as it was sealed, nothing was put between them, and a seal noted elsewhere still stands."""
    chain = examine_chain()
    if chain.faults:
        do = (
            "Giữ nguyên cơ sở dữ liệu để xem xét; so với bản sao lưu gần nhất. Khóa khác: đặt lại sign.key từ tệp "
            ".keys của bản sao lưu."
        )
        return Finding("log", BAD, f"Nhật ký: {_told(chain.faults)}.", do, len(chain.faults))
    if anchor is not None and not holds(anchor):
        found = f"Niêm phong số {anchor.number} không còn mã đã ghi lại: nhật ký trước đó đã bị thay."
        return Finding("log", BAD, found, "So với bản sao lưu gần nhất.", 1)
    if chain.anchor is None:
        return Finding("log", OK, "Nhật ký chưa có sự việc nào được niêm phong.")
    found = (
        f"Nhật ký nguyên vẹn: {chain.events} sự việc trong {chain.seals} niêm phong; mã của niêm phong mới nhất "
        f"{chain.anchor}"
    )
    return Finding("log", OK, found)


def _told(faults: tuple[Fault, ...]) -> str:
    """«sự việc bị sửa: số 12, 15; …»"""
    ordered = sorted(faults, key=lambda fault: (fault.harm, fault.id))
    parts = []
    for harm, some in groupby(ordered, key=lambda fault: fault.harm):
        ids = [str(fault.id) for fault in some]
        more = f" và {len(ids) - _NAMED} số khác" if len(ids) > _NAMED else ""
        parts.append(f"{_WORDS[harm]}: số {', '.join(ids[:_NAMED])}{more}")
    return "; ".join(parts)
