"""Which columns hold sealed values: those called `…_cipher`; the hash to match by stands in `…_hash`.

Beside the tables themselves, the journal holds copies of rows; they are sealed anew to the same text, so that an act
still finds its rows as it left them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from nhanlucso.journal.rows import label_of
from nhanlucso.kernel.sealing import FIELD, MATCH, Undecipherable, decrypt, encrypt_anew, match_hash, ring

_CIPHER, _HASH = "_cipher", "_hash"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column with sealed values; `hash`: the column to match by, empty if there is none."""

    model: type[Model]
    cipher: str
    hash: str

    @property
    def table(self) -> str:
        return label_of(self.model)

    def is_current(self, values: dict[str, Any]) -> bool:
        """Whether a row is under the newest keys, or holds nothing."""
        cipher, digest = values.get(self.cipher) or "", values.get(self.hash) or ""
        return (not cipher or cipher.startswith(ring(FIELD)[0].scheme)) and (
            not digest or digest.startswith(ring(MATCH)[0].scheme)
        )

    def anew(self, values: dict[str, Any]) -> dict[str, str]:
        """The columns of a row under the newest keys. Raises Undecipherable."""
        cipher = values.get(self.cipher) or ""
        if not cipher and values.get(self.hash):
            raise Undecipherable
        told = {self.cipher: encrypt_anew(cipher)}
        return told | ({self.hash: match_hash(decrypt(cipher))} if self.hash else {})


def sealed_columns() -> Iterator[Sealed]:
    """All of them, whichever room they belong to."""
    for model in apps.get_models():
        names = {field.attname for field in model._meta.concrete_fields}
        for name in sorted(names):
            if name.endswith(_CIPHER):
                digest = name.removesuffix(_CIPHER) + _HASH
                yield Sealed(model, name, digest if digest in names else "")
