"""Checks of what is recorded: units, what hangs on them, identity numbers."""

from __future__ import annotations

from nhanlucso.kernel.sealing import Undecipherable, decrypt, match_hashes
from nhanlucso.orgs.queries import history
from nhanlucso.people.models import Person, Post
from nhanlucso.teams.models import Team
from nhanlucso.upkeep.health import rules
from nhanlucso.upkeep.health.finding import BAD, WARN, Finding, judged

_SAMPLE = 500


def overlaps() -> Finding:
    return judged(
        "units.overlaps",
        len(rules.overlapping(history())),
        BAD,
        "{count} đơn vị có các giai đoạn chồng lên nhau.",
        "Sửa ngày hiệu lực của các giai đoạn: xuất gói (bundle export), sửa units.csv, nhập lại.",
        "Các giai đoạn của một đơn vị không chồng nhau.",
    )


def parents() -> Finding:
    return judged(
        "units.parents",
        len(rules.outliving(history())),
        WARN,
        "{count} giai đoạn của đơn vị có những ngày mà đơn vị cấp trên không tồn tại; vào các ngày đó chúng "
        "không thuộc cấp trên nào.",
        "Kiểm tra ngày hiệu lực của đơn vị và cấp trên; ghi giai đoạn mới dưới cấp trên mới.",
        "Đơn vị nào cũng có cấp trên trong mọi ngày của mình.",
    )


def cycles() -> Finding:
    return judged(
        "units.cycles",
        len(rules.circling(history())),
        BAD,
        "{count} đơn vị đứng trên chính mình.",
        "Sửa cấp trên của các giai đoạn: xuất gói (bundle export), sửa units.csv, nhập lại.",
        "Cây đơn vị không có vòng.",
    )


def posts() -> Finding:
    spans = Post.objects.values_list("unit_id", "valid_from", "valid_to")
    return judged(
        "posts",
        rules.never_there(history(), spans.iterator()),
        WARN,
        "{count} vị trí công tác ở đơn vị chưa từng tồn tại trong thời gian đó.",
        "Kiểm tra ngày của vị trí và của đơn vị; bundle import --dry-run chỉ ra từng dòng.",
        "Vị trí công tác nào cũng ở đơn vị có thật lúc đó.",
    )


def teams() -> Finding:
    spans = Team.objects.values_list("unit_id", "valid_from", "valid_to")
    return judged(
        "teams",
        rules.never_there(history(), spans.iterator()),
        WARN,
        "{count} tổ ở đơn vị chưa từng tồn tại trong thời gian đó.",
        "Kiểm tra ngày của tổ và của đơn vị; bundle import --dry-run chỉ ra từng dòng.",
        "Tổ nào cũng ở đơn vị có thật lúc đó.",
    )


def identity() -> Finding:
    """A sample of the encrypted numbers opens with the key and bears the hash of the other key."""
    held = Person.objects.exclude(national_id_cipher="")
    total, step = held.count(), 0
    wrong = looked = 0
    step = max(1, total // _SAMPLE)
    rows = held.order_by("pk").values_list("national_id_cipher", "national_id_hash")
    for cipher, digest in rows.iterator() if step == 1 else rows[::step]:
        looked += 1
        wrong += not _opens(cipher, digest)
    return judged(
        "identity",
        wrong,
        BAD,
        f"{{count}} trong {looked} số định danh đã thử không mở được hoặc không khớp bằng khóa hiện tại.",
        "Khóa đã mất hoặc bị thay: đặt lại field.key và match.key từ tệp .keys của bản sao lưu.",
        f"{looked} trong {total} số định danh đã thử đều mở được bằng khóa hiện tại.",
    )


def _opens(cipher: str, digest: str) -> bool:
    try:
        return digest in match_hashes(decrypt(cipher))
    except Undecipherable:
        return False
