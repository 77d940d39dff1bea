"""Stored files, given out whole or not at all."""

from __future__ import annotations

import hashlib

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from nhanlucso.files.models import Upload
from nhanlucso.kernel.errors import Refused


def whole(upload: Upload) -> bytes:
    """The bytes as they were given to us. Raises Refused("damaged_file") if they are not those any more."""
    try:
        with default_storage.open(upload.stored_name) as file:
            body: bytes = file.read()
    except OSError:
        body = b""
    if hashlib.sha256(body).hexdigest() != upload.sha256:
        raise Refused(
            "damaged_file",
            _("Tệp «%(name)s» đã lưu không còn nguyên vẹn. Báo người quản trị phục hồi từ bản sao lưu.")
            % {"name": upload.name},
        )
    return body
