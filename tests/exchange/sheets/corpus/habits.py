"""How people type values: each habit gives the cell and what is true of it."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.exchange.sheets.corpus.pages import Cell
from tests.exchange.sheets.corpus.world import Human


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell, what it means, and whether it is a fault that must be told."""

    cell: Cell
    truth: Any = None
    fault: bool = False


Habit = Callable[[Human, random.Random], Typed]


def _plain(key: str) -> Habit:
    return lambda human, pick: Typed(getattr(human, key), getattr(human, key))


def _with(key: str, change: Callable[[str], Cell]) -> Habit:
    return lambda human, pick: Typed(change(getattr(human, key)), getattr(human, key))


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _zero_width(text: str) -> str:
    return "\ufeff" + text.replace(" ", "\u00a0", 1) + "\u200b"


NAMES: dict[str, Habit] = {
    "plain": _plain("full_name"),
    "capitals": _with("full_name", str.upper),
    "nfd": _with("full_name", _nfd),
    "spaces": _with("full_name", lambda text: f"  {text.replace(' ', '  ')} "),
    "zero_width": _with("full_name", _zero_width),
    "small": _with("full_name", str.lower),
    "swapped": _with("full_name", str.swapcase),
    "comrade": _with("full_name", "Đ/c {}".format),
    "comrade_whole": _with("full_name", "Đồng chí {}".format),
    "sir": lambda h, p: Typed(f"{'Ông' if h.sex == 'm' else 'Bà'} {h.full_name}", h.full_name),
    "sir_colon": lambda h, p: Typed(f"{'Ông' if h.sex == 'm' else 'Bà'}: {h.full_name}", h.full_name),
    "broken": _with("full_name", lambda text: text.replace(" ", "\n", 1)),
}


def _day(shape: str) -> Habit:
    def typed(human: Human, pick: random.Random) -> Typed:
        day, month, year = human.day
        return Typed(shape.format(d=day, m=month, y=year, yy=year % 100), human.birth_date)

    return typed


def _serial(human: Human, pick: random.Random) -> Typed:
    return Typed((date.fromisoformat(human.birth_date) - date(1899, 12, 30)).days, human.birth_date)


def _mixed(human: Human, pick: random.Random) -> Typed:
    shape = pick.choice(
        [_day("{d}/{m}/{y}"), _date_cell, _year_number, _impossible, _day("{d:02d}-{m:02d}-{y}")]
    )
    return shape(human, pick)


def _date_cell(human: Human, pick: random.Random) -> Typed:
    return Typed(date.fromisoformat(human.birth_date), human.birth_date)


def _year_number(human: Human, pick: random.Random) -> Typed:
    return Typed(human.day[2], human.birth_date[:4])


def _impossible(human: Human, pick: random.Random) -> Typed:
    wrong = pick.choice(["31/02/{y}", "30/02/{y}", "31/04/{y}", "45/10/{y}", "29/13/{y}"])
    return Typed(wrong.format(y=human.day[2]), None, fault=True)


def _month_year(human: Human, pick: random.Random) -> Typed:
    return Typed(f"{human.day[1]:02d}/{human.day[2]}", human.birth_date[:4], fault=True)


BIRTHS: dict[str, Habit] = {
    "d/m/y": _day("{d}/{m}/{y}"),
    "dd/mm/yyyy": _day("{d:02d}/{m:02d}/{y}"),
    "dashes": _day("{d:02d}-{m:02d}-{y}"),
    "points": _day("{d}.{m}.{y}"),
    "spaced": _day("{d} / {m} / {y}"),
    "iso": _day("{y}-{m:02d}-{d:02d}"),
    "words": _day("ngày {d} tháng {m} năm {y}"),
    "quoted": _day("'{d:02d}/{m:02d}/{y}"),
    "with_time": _day("{d:02d}/{m:02d}/{y} 00:00:00"),
    "date": _date_cell,
    "serial": _serial,
    "year": _year_number,
    "year_text": lambda h, p: Typed(str(h.day[2]), h.birth_date[:4]),
    "year_words": lambda h, p: Typed(f"Sinh năm {h.day[2]}", h.birth_date[:4]),
    "month_year": _month_year,
    "unknown_day": lambda h, p: Typed(f"00/00/{h.day[2]}", h.birth_date[:4], fault=True),
    "short_year": lambda h, p: Typed(f"{h.day[0]}/{h.day[1]}/{h.day[2] % 100:02d}", h.birth_date, fault=True),
    "mixed": _mixed,
    "compact": _day("{d:02d}{m:02d}{y}"),
}

SEXES: dict[str, Habit] = {
    "words": lambda h, p: Typed({"m": "Nam", "f": "Nữ"}[h.sex], h.sex),
    "small": lambda h, p: Typed({"m": "nam ", "f": "nữ"}[h.sex], h.sex),
    "bare": lambda h, p: Typed({"m": "NAM", "f": "NU"}[h.sex], h.sex),
    "english": lambda h, p: Typed({"m": "Male", "f": "Female"}[h.sex], h.sex),
    "initials": lambda h, p: Typed({"m": "M", "f": "F"}[h.sex], h.sex),
}


def _phone_plus(human: Human, pick: random.Random) -> Typed:
    rest = human.phone[1:]
    return Typed(
        pick.choice([f"+84{rest}", f"+84 {rest[:3]} {rest[3:]}", f"84{rest}", f"(+84){rest}"]), human.phone
    )


def _phone_several(human: Human, pick: random.Random) -> Typed:
    return Typed(
        f"{human.phone}{pick.choice([' - ', '; ', '/', ', ', ' hoặc '])}0987654321", human.phone, fault=True
    )


def _phone_bad(human: Human, pick: random.Random) -> Typed:
    if pick.random() < 0.25:
        return Typed(pick.choice(["12345", "không dùng", "091234", "xin số sau"]), None, fault=True)
    return Typed(human.phone, human.phone)


PHONES: dict[str, Habit] = {
    "plain": _plain("phone"),
    "points": _with("phone", lambda t: f"{t[:4]}.{t[4:7]}.{t[7:]}"),
    "spaces": _with("phone", lambda t: f"{t[:4]} {t[4:7]} {t[7:]}"),
    "dashes": _with("phone", lambda t: f"{t[:3]}-{t[3:6]}-{t[6:]}"),
    "lost_zero": _with("phone", lambda t: t[1:]),
    "number": _with("phone", int),
    "float": _with("phone", float),
    "float_text": _with("phone", lambda t: f"{int(t)}.0"),
    "plus": _phone_plus,
    "several": _phone_several,
    "bad": _phone_bad,
    "labelled": _with("phone", "ĐT: {}".format),
}


def _old_id(human: Human, pick: random.Random) -> Typed:
    if pick.random() < 0.5:
        return Typed(f"{human.national_id[3:]}", human.national_id[3:], fault=True)
    return Typed(human.national_id, human.national_id)


def _id_science(human: Human, pick: random.Random) -> Typed:
    digits = human.national_id.lstrip("0")
    if pick.random() < 0.5:
        return Typed(f"{digits[0]}.{digits[1:4]}E+{len(digits) - 1}", None, fault=True)
    return Typed(human.national_id, human.national_id)


NATIONAL_IDS: dict[str, Habit] = {
    "plain": _plain("national_id"),
    "number": _with("national_id", int),
    "float": _with("national_id", float),
    "text_lost": _with("national_id", lambda t: t.lstrip("0")),
    "float_text": _with("national_id", lambda t: f"{int(t)}.0"),
    "spaces": _with("national_id", lambda t: f"{t[:3]} {t[3:6]} {t[6:9]} {t[9:]}"),
    "quoted": _with("national_id", "'{}".format),
    "old": _old_id,
    "science": _id_science,
}

EMAILS: dict[str, Habit] = {
    "plain": _plain("email"),
    "spaces": _with("email", " {} ".format),
    "mailto": _with("email", "mailto:{}".format),
    "bad": lambda h, p: (
        Typed("chưa có email công vụ", None, fault=True) if p.random() < 0.2 else Typed(h.email, h.email)
    ),
}
TITLES: dict[str, Habit] = {
    "plain": _plain("title"),
    "nfd": _with("title", _nfd),
    "spaces": _with("title", lambda text: text.replace(" ", "  ") + " "),
}
UNITS: dict[str, Habit] = {
    "plain": _plain("unit"),
    "nfd": _with("unit", _nfd),
    "nbsp": _with("unit", lambda text: text.replace(" ", "\u00a0")),
}
OF: dict[str, dict[str, Habit]] = {
    "full_name": NAMES,
    "birth_date": BIRTHS,
    "sex": SEXES,
    "title": TITLES,
    "unit": UNITS,
    "phone": PHONES,
    "national_id": NATIONAL_IDS,
    "email": EMAILS,
}
NEEDS_CELLS = {"date", "serial", "mixed", "number", "float"}  # habits that texts alone cannot show
