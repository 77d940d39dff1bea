"""Identity numbers, phones and addresses on the screen: masked. At rest: `kernel/sealing.py`."""

from __future__ import annotations

from nhanlucso.kernel.sealing import Undecipherable, decrypt

_SHOWN = 3


def masked(text: str) -> str:
    """For the screen: only the last three digits, 002175856728 → •••••••••728."""
    return "•" * (len(text) - _SHOWN) + text[-_SHOWN:] if len(text) > _SHOWN else "•" * len(text)


def shown(cipher: str) -> str:
    """A stored number as a page shows it: masked; a row of question marks where the key does not open it."""
    try:
        return masked(decrypt(cipher))
    except Undecipherable:
        return "?" * 12
