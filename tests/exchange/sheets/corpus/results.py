"""Exports of learning platforms."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.exchange.sheets.corpus.pages import Made, Page
from tests.exchange.sheets.corpus.world import COURSES, Human, bare, humans, units


@dataclass(frozen=True, slots=True)
class Learned:
    """What a platform knows of one learner."""

    human: Human
    course: str
    progress: int
    score: float | None  # of ten
    passed: bool
    done: date | None


def _learned(pick: random.Random, count: int) -> list[Learned]:
    found = []
    for human in humans(pick, count, units(pick, 4)):
        passed = pick.random() < 0.6
        progress = 100 if passed else pick.randint(0, 95)
        score = (
            round(pick.uniform(5, 10), 1)
            if passed
            else (round(pick.uniform(0, 4.9), 1) if pick.random() < 0.4 else None)
        )
        done = date(2024, 1, 5) + timedelta(days=pick.randint(0, 330)) if passed else None
        found.append(Learned(human, pick.choice(COURSES), progress, score, passed, done))
    return found


def national(page: Page, pick: random.Random, learned: list[Learned]) -> None:
    """The shape of the national platform: one row for each learner and course."""
    page.line("BÁO CÁO KẾT QUẢ HỌC TẬP")
    page.skip()
    heads = [
        "STT",
        "Họ và tên",
        "Tên đăng nhập",
        "Email",
        "Số điện thoại",
        "Đơn vị",
        "Tên khóa học",
        "Ngày tham gia",
    ]
    page.line(
        *heads,
        pick.choice(["Tiến độ (%)", "Tiến độ học tập", "% hoàn thành"]),
        "Điểm",
        pick.choice(["Trạng thái", "Kết quả"]),
        "Ngày hoàn thành",
        "Số chứng nhận",
    )
    way = pick.choice(["share", "number", "text", "decimal", "mixed", "mixed"])
    for number, one in enumerate(learned, 1):
        _national_row(page, pick, way, number, one)


def _national_row(page: Page, pick: random.Random, way: str, number: int, one: Learned) -> None:
    if way == "mixed":
        way = pick.choice(["share", "number", "text"])
    human = one.human
    progress = {
        "share": one.progress / 100,
        "number": one.progress,
        "text": f"{one.progress}%",
        "decimal": f"{one.progress},0%",
    }[way]
    state = pick.choice(
        ["Hoàn thành", "Đã hoàn thành", "Đạt"] if one.passed else ["Đang học", "Chưa hoàn thành", "Chưa đạt"]
    )
    score = "" if one.score is None else str(one.score).replace(".", ",")
    row = page.line(
        *(
            number,
            human.full_name,
            f"{bare(human.words[-1])}{number}",
            human.email,
            human.phone,
            human.unit,
        ),
        *(one.course, "02/01/2024", progress, score, state),
        *(f"{one.done:%d/%m/%Y}" if one.done else "-", f"CN{number:05d}" if one.passed else ""),
    )
    page.says(
        row,
        full_name=human.full_name,
        email=human.email,
        phone=human.phone,
        unit=human.unit,
        course=one.course,
        progress=one.progress,
        score=one.score,
        passed=one.passed,
        completed_at=one.done and one.done.isoformat(),
    )


def open_edx(page: Page, pick: random.Random, learned: list[Learned]) -> None:
    """The grade report of Open edX: no names, a grade from 0 to 1."""
    page.line(
        *(
            "Student ID",
            "Email",
            "Username",
            "Grade",
            "Homework 1: Bài tập 1",
            "Homework 2: Bài tập 2",
            "Homework (Avg)",
        ),
        *("Final Exam", "Cohort Name", "Enrollment Track", "Verification Status", "Certificate Eligible"),
        *("Certificate Delivered", "Certificate Type", "Enrollment Status"),
    )
    for number, one in enumerate(learned, 1):
        grade = round((one.score or 0) / 10, 2)
        row = page.line(
            *(4000 + number, one.human.email, f"user{number}", grade, 0.5, "Not Attempted", 0.25, grade),
            *("", "honor", "N/A", "Y" if one.passed else "N", "N", "N/A", "enrolled"),
        )
        page.says(row, email=one.human.email, score=grade, passed=one.passed)


def open_edx_old(page: Page, pick: random.Random, learned: list[Learned]) -> None:
    """The older one, in small letters."""
    page.line(
        "id",
        "email",
        "username",
        "grade",
        "Homework 1",
        "Final",
        "Certificate Eligible",
        "Certificate Delivered",
    )
    for number, one in enumerate(learned, 1):
        grade = round((one.score or 0) / 10, 2)
        row = page.line(
            number, one.human.email, f"u{number}", grade, 1.0, grade, "Y" if one.passed else "N", "N"
        )
        page.says(row, email=one.human.email, score=grade, passed=one.passed)


def _moodle(heads: list[str]) -> Callable[[Page, random.Random, list[Learned]], None]:
    def made(page: Page, pick: random.Random, learned: list[Learned]) -> None:
        page.line(*heads)
        for one in learned:
            human = one.human
            score = "-" if one.score is None else f"{one.score:.2f}"
            row = page.line(
                *(
                    human.words[-1],
                    " ".join(human.words[:-1]),
                    "",
                    human.unit,
                    "",
                    human.email,
                    score,
                    score,
                    1721900000,
                )
            )
            page.says(row, full_name=human.full_name, unit=human.unit, email=human.email, score=one.score)

    return made


moodle = _moodle(
    [
        *("First name", "Last name", "ID number", "Institution", "Department", "Email address"),
        *("Quiz: Bài kiểm tra cuối khóa (Real)", "Course total (Real)", "Last downloaded from this course"),
    ]
)
moodle_vietnamese = _moodle(
    [
        *("Tên", "Họ", "Mã số", "Cơ quan", "Khoa", "Địa chỉ thư điện tử"),
        *("Bài kiểm tra: Cuối khóa (Thực)", "Tổng khóa học (Thực)", "Lần tải xuống gần nhất từ khóa học này"),
    ]
)


def google_form(page: Page, pick: random.Random, learned: list[Learned]) -> None:
    """A quiz in Google Forms: a stamp of time and points of the whole."""
    page.line(
        "Dấu thời gian",
        "Địa chỉ email",
        "Điểm số",
        "Họ và tên",
        "Đơn vị công tác",
        "Câu 1. Chữ ký số là gì?",
        "Câu 2. VNeID dùng để làm gì?",
    )
    for one in learned:
        score = round((one.score or 0) * 2)
        row = page.line(
            "15/08/2024 9:12:44",
            one.human.email,
            f"{score} / 20",
            one.human.full_name,
            one.human.unit,
            "Xác thực",
            "Định danh",
        )
        page.says(
            row,
            email=one.human.email,
            score=score,
            full_name=one.human.full_name,
            unit=one.human.unit,
            completed_at="2024-08-15",
        )


def microsoft_form(page: Page, pick: random.Random, learned: list[Learned]) -> None:
    """A quiz in Microsoft Forms."""
    page.line(
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Total points",
        "Quiz feedback",
        "Đơn vị công tác",
    )
    for number, one in enumerate(learned, 1):
        row = page.line(
            number,
            "2024-08-15 08:00:00",
            "2024-08-15 08:21:07",
            one.human.email,
            one.human.full_name,
            one.score or 0,
            "",
            one.human.unit,
        )
        page.says(
            row,
            email=one.human.email,
            score=one.score or 0,
            full_name=one.human.full_name,
            unit=one.human.unit,
            completed_at="2024-08-15",
        )


def certificates(page: Page, pick: random.Random, learned: list[Learned]) -> None:
    """A list of who gets a certificate, with the course in the title."""
    page.line("DANH SÁCH KẾT QUẢ BỒI DƯỠNG")
    page.line(f"Khóa học: {COURSES[0]}")
    page.line(
        "TT",
        "Họ và tên",
        "Ngày sinh",
        "Đơn vị",
        "Điểm kiểm tra",
        pick.choice(["Đạt/Không đạt", "Kết quả", "Xếp loại"]),
        "Ngày cấp chứng nhận",
        "Ghi chú",
    )
    graded = page.cells[page.next - 1, 5] == "Xếp loại"
    for number, one in enumerate(learned, 1):
        word = (
            pick.choice(["Giỏi", "Khá", "Trung bình"] if one.passed else ["Yếu", "Kém"])
            if graded
            else ("Đạt" if one.passed else "Không đạt")
        )
        day, month, year = one.human.day
        score = (
            ""
            if one.score is None
            else pick.choice([one.score, str(one.score).replace(".", ","), f"{one.score}/10"])
        )
        row = page.line(
            number,
            one.human.full_name.upper(),
            f"{day}/{month}/{year}",
            one.human.unit,
            score,
            word,
            f"{one.done:%d.%m.%Y}" if one.done else "",
        )
        page.says(
            row,
            full_name=one.human.full_name,
            birth_date=one.human.birth_date,
            unit=one.human.unit,
            course=COURSES[0],
            score=one.score,
            passed=one.passed,
            completed_at=one.done and one.done.isoformat(),
        )


def generic(page: Page, pick: random.Random, learned: list[Learned]) -> None:
    """A small platform's own export in English."""
    page.line(
        "Full name",
        "Email",
        "Course name",
        "Progress",
        "Final grade",
        "Completion status",
        "Completed on",
        "Enrolled on",
    )
    for one in learned:
        row = page.line(
            *(
                one.human.full_name,
                one.human.email,
                one.course,
                f"{one.progress}/100",
                "" if one.score is None else one.score * 10,
            ),
            *(
                "Completed" if one.passed else "In progress",
                one.done.isoformat() if one.done else "",
                "2024-01-02",
            ),
        )
        score = None if one.score is None else round(one.score * 10, 6)
        page.says(
            row,
            full_name=one.human.full_name,
            email=one.human.email,
            course=one.course,
            progress=one.progress,
            score=score,
            passed=one.passed,
            completed_at=one.done and one.done.isoformat(),
        )


SHAPES = [
    national,
    open_edx,
    moodle,
    moodle_vietnamese,
    google_form,
    microsoft_form,
    certificates,
    generic,
    open_edx_old,
]


def make(seed: int, suffix: str = "") -> Made:
    """One export from a seed."""
    pick = random.Random(9_000 + seed)
    page = Page("Sheet1")
    shape = SHAPES[seed % len(SHAPES)]
    shape(page, pick, _learned(pick, pick.randint(6, 20)))
    return Made(
        f"results{seed}", "results", [page], suffix or pick.choice([".xlsx", ".csv", ".xls", ".tsv", ".ods"])
    )
