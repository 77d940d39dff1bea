"""Checks of the data folder: keys, room to write, uploads."""

from __future__ import annotations

import stat
import tempfile
from datetime import datetime

from nhanlucso.files.models import Upload
from nhanlucso.indicators.capsules import signing
from nhanlucso.upkeep import archive, keys
from nhanlucso.upkeep.health.finding import BAD, OK, WARN, Finding, judged
from nhanlucso.upkeep.orphans import orphans
from nhanlucso.upkeep.places import data_folder, key_names, required_keys, uploads_folder


def key_files() -> Finding:
    """All keys are there and nobody but the owner can read them."""
    name, folder = "keys", keys.keys_folder(data_folder())
    missing = [key for key in key_names() if not (folder / key).is_file()]
    if set(missing) & set(required_keys()):
        do = (
            f"Đặt lại các khóa vào «{folder}» từ tệp .keys của bản sao lưu trước khi chạy lệnh nào khác; "
            "bản cài mới: nhanlucso init."
        )
        return Finding(name, BAD, f"Thiếu khóa: {', '.join(missing)}.", do, len(missing))
    if missing:
        do = (
            "Nếu đã từng ký gói số liệu: đặt lại khóa cũ từ tệp .keys, vì khóa mới là người ký khác. Nếu chưa: chạy "
            "nhanlucso init."
        )
        return Finding(name, WARN, f"Chưa có khóa của gói số liệu: {', '.join(missing)}.", do, len(missing))
    wide = [key for key in key_names() if stat.S_IMODE((folder / key).stat().st_mode) & 0o077]
    if wide:
        do = f"chmod 600 {folder}/*"
        return Finding(name, BAD, f"Người khác đọc được khóa: {', '.join(wide)}.", do, len(wide))
    signer = signing.grouped(signing.fingerprint(signing.public_key()))
    return Finding(name, OK, f"Đủ khóa, chỉ chủ sở hữu đọc được; gói số liệu ký bằng khóa {signer}.")


def writable() -> Finding:
    """Files can be written where the product writes them."""
    data = data_folder()
    closed = []
    for folder in (data, *(data / part for part in ("uploads", "facts", "jobs"))):
        if folder != data and not folder.exists():
            continue
        try:
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"nhanlucso")
                file.flush()
        except OSError as problem:
            closed.append(f"{folder} ({problem.strerror})")
    do = "Kiểm tra dung lượng đĩa, quyền và chủ sở hữu của thư mục."
    found = f"Không ghi được: {', '.join(closed)}."
    return judged("data_folder", len(closed), BAD, found, do, f"Ghi được vào «{data}».")


def loose_files(at: datetime) -> Finding:
    """No stored file is without its record: one that is belongs to a transaction that failed."""
    return judged(
        "orphans",
        len(orphans(at)),
        WARN,
        "{count} tệp đã lưu quá một ngày mà không bản ghi nào dùng đến.",
        "Không phải làm gì: nhanlucso serve dọn mỗi giờ.",
        "Tệp nào đã lưu cũng có bản ghi.",
    )


def uploads() -> Finding:
    """Every stored upload is there with the bytes it came with."""
    folder, wrong, total = uploads_folder(), 0, 0
    for upload in Upload.objects.order_by("pk").iterator():
        total += 1
        path = folder / upload.stored_name
        wrong += not path.is_file() or archive.measure("", path).sha256 != upload.sha256
    do = "Lấy lại các tệp này từ bản sao lưu gần nhất (thư mục uploads trong tệp .tar)."
    return judged(
        "uploads", wrong, BAD, "{count} tệp tải lên bị mất hoặc hỏng.", do, f"{total} tệp tải lên nguyên vẹn."
    )
