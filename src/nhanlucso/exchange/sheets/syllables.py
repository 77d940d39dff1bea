"""Whether a word can be a Vietnamese syllable: what tells a right reading of old bytes from a wrong one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LISTED_ONSETS = "b c d đ g h k l m n p q r s t v x ch gh gi kh ng ngh nh ph qu th tr"
_ONSETS = frozenset(["", *_LISTED_ONSETS.split()])
_LISTED_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êc êng
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu ing ic iê
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oc oi om on ong oong ooc
    op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơc ơi ơm ơn ơng ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêu ui uôc uôi uôm uôn uông uôt uơ uy uya uych uynh
    uyn uyp uyt uyu uyên uyêt uât uô uyêc uao uau
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu ươ
    y yên yêm yêng yêt yêu yêc ych ym yn ynh yt
"""
_RIMES = frozenset(_LISTED_RIMES.split())
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED = ("c", "ch", "p", "t")  # these rimes take only the tones sắc and nặng
_LETTERS = re.compile(r"[^\W\d_]+")
_ACRONYM = re.compile(r"[A-ZĐƯÔƠÂÊĂ]{1,5}")  # Đ/c, QĐ, HĐND, TƯ


def misfits(text: str) -> int:
    """How many words with letters beyond ASCII are no Vietnamese syllables."""
    return sum(
        1
        for word in _LETTERS.findall(text)
        if not word.isascii() and not is_syllable(word) and not _ACRONYM.fullmatch(word)
    )


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether onset, rime and tone go together; capitals only at the front or throughout, or with the lock on (aNH)."""
    if not (word.islower() or word.isupper() or word.istitle() or word.swapcase().istitle()):
        return False
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFD", word.lower()):
        (tones if char in _TONES else letters).append(char)
    if len(tones) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(letters))
    for length in range(min(3, len(bare) - 1), -1, -1):
        if bare[:length] in _ONSETS and _has_rime(bare[:length], bare[length:], "".join(tones)):
            return True
    return False


def _has_rime(onset: str, rime: str, tone: str) -> bool:
    if onset == "gi" and rime in ("n", "p", "m"):  # gìn, gíp: the i of the onset is the vowel
        return True
    if rime not in _RIMES:
        return False
    if rime.endswith(_STOPPED):
        return tone in ("\u0301", "\u0323")
    return True
