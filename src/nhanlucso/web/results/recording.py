"""Writing down what several people reached in one course, on one page.

The page keeps nothing between its steps: people, days and scores written so far go along with every step.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from nhanlucso.courses.models import Course
from nhanlucso.courses.queries import course_list
from nhanlucso.kernel.clock import now, today
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.learning.queries import unfinished
from nhanlucso.learning.services import Recorded, record_course
from nhanlucso.people.queries import PersonLine, PersonName, find_people, people_by_ids
from nhanlucso.training.queries.attended import recent_classes, roster_names
from nhanlucso.web.kit.asking import scope_of
from nhanlucso.web.kit.doors import needs
from nhanlucso.web.kit.filling import attempt
from nhanlucso.web.kit.wording import number
from nhanlucso.web.results.forms import CourseForm, RowForm

FOUND_AT_MOST, ROWS_AT_MOST, CLASSES_AT_MOST = 8, 200, 5
FIND, OPEN, ROSTER, SAVE = "find", "open", "roster", "save"


@dataclass
class Row:
    """A person with what is written of them."""

    person: PersonName
    form: RowForm


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in a row, with the way there."""

    message: str
    url: str


@dataclass
class Sheet:
    """The page at one step."""

    head: CourseForm
    rows: list[Row]
    course: Course | None
    words: str = ""
    found: list[PersonLine] = field(default_factory=list)
    searched: bool = False
    waiting: int = 0
    classes: list[int] = field(default_factory=list)
    full: bool = False
    added: bool = False

    @property
    def problems(self) -> list[Problem]:
        """What is wrong in the rows."""
        return [
            Problem(f"{row.person.name}, {bound.label}: {error}", f"#{bound.auto_id}")
            for row in self.rows
            if row.form.is_bound
            for bound in row.form
            for error in bound.errors
        ]


@needs(Permission.RECORD_RESULTS)
def record(request: HttpRequest) -> HttpResponse:
    """The rows, a search for more people, and the end: everything written at once."""
    scope = scope_of(request)
    given = request.POST if request.method == "POST" else request.GET
    saving = request.method == "POST" and given.get("act") == SAVE
    sheet = _sheet(scope, given, saving=saving)
    if saving and (done := _saved(scope, sheet)):
        messages.success(request, _words(done))
        to = reverse("results") + (f"?course={sheet.course.pk}" if sheet.course else "")
        return HttpResponseClientRedirect(to) if request.htmx else redirect(to)  # type: ignore[attr-defined]
    context = {
        "title": _("Ghi kết quả"),
        "crumbs": [(_("Kết quả học tập"), reverse("results"))],
        "sheet": sheet,
        "searchable": scope.may(Permission.SEE_PEOPLE),
        "classes": recent_classes(scope.to(Permission.RECORD_RESULTS)),
    }
    return render(request, "results/_sheet.html" if request.htmx else "results/record.html", context)  # type: ignore[attr-defined]


def _sheet(scope: Scope, given: QueryDict, *, saving: bool) -> Sheet:
    writer = scope.to(Permission.RECORD_RESULTS)
    act = given.get("act", "")
    course = next((one for one in course_list(scope) if str(one.pk) == given.get("course")), None)
    classes = _classes(given, act)
    roster = _rosters(writer, classes)
    open_ones = unfinished(writer, course) if course else []
    ids = _people(given, act, open_ones, roster)
    names = people_by_ids(writer, [pk for pk in ids if pk not in roster]) | roster
    rows = [
        Row(names[pk], _row(given, pk, saving=saving).named(names[pk].name))
        for pk in ids[:ROWS_AT_MOST]
        if pk in names
    ]
    words = given.get("q", "").strip()
    searched = act == FIND and bool(words)
    there = {row.person.person_id for row in rows}
    found = find_people(writer, words, today(), FOUND_AT_MOST) if searched else []
    return Sheet(
        head=_head(scope, given, saving=saving),
        rows=rows,
        course=course,
        words=words if searched else "",
        found=[line for line in found if line.person.pk not in there],
        searched=searched,
        waiting=len([pk for pk in open_ones if pk not in there]),
        classes=classes,
        full=len(ids) > ROWS_AT_MOST,
        added=bool(given.get("add")),
    )


def _people(given: QueryDict, act: str, open_ones: list[int], roster: Collection[int]) -> list[int]:
    """Who is on the page after this step, in the order in which they came."""
    ids = [pk for text in given.getlist("person") if (pk := _number(text)) is not None]
    if (added := _number(given.get("add", ""))) is not None:
        ids.append(added)
    if act == OPEN:
        ids += open_ones
    if act == ROSTER or ("from" in given and not ids):
        ids += roster
    gone = _number(given.get("drop", ""))
    return [pk for pk in dict.fromkeys(ids) if pk != gone]


def _classes(given: QueryDict, act: str) -> list[int]:
    """The classes whose people were put on the page, this step included."""
    texts = [*given.getlist("from"), *([given.get("class", "")] if act == ROSTER else [])]
    return list(dict.fromkeys(pk for text in texts if (pk := _number(text)) is not None))[:CLASSES_AT_MOST]


def _rosters(writer: Scope, classes: list[int]) -> dict[int, PersonName]:
    return {pk: name for one in classes for pk, name in roster_names(writer, one).items()}


def _head(scope: Scope, given: QueryDict, *, saving: bool) -> CourseForm:
    if saving:
        return CourseForm(scope, given)
    kept = {name: given[name] for name in ("course", "platform", "day") if given.get(name)}
    return CourseForm(scope, initial={"day": today(), **kept})


def _row(given: QueryDict, pk: int, *, saving: bool) -> RowForm:
    prefix = str(pk)
    if saving:
        return RowForm(given, prefix=prefix)
    kept = {name: given[f"{pk}-{name}"] for name in RowForm.base_fields if f"{pk}-{name}" in given}
    return RowForm(prefix=prefix, initial=kept)


def _saved(scope: Scope, sheet: Sheet) -> Recorded | None:
    """What was written, or None with the reasons on the forms."""
    sound = [row.form.is_valid() for row in sheet.rows]
    if not (sheet.head.is_valid() and all(sound)) or sheet.course is None:
        return None
    known, course = sheet.head.cleaned_data, sheet.course
    entries = [row.form.entry(row.person.person_id, known["day"]) for row in sheet.rows]
    roster = _rosters(scope.to(Permission.RECORD_RESULTS), sheet.classes)
    return attempt(
        sheet.head,
        lambda: record_course(
            course=course,
            entries=entries,
            platform=known["platform"],
            also=roster.keys(),
            by=scope,
            at=now(),
        ),
    )


def _words(done: Recorded) -> str:
    said = []
    if new := done.made + done.changed:
        said.append(_("Đã ghi kết quả của %(count)s người.") % {"count": number(new)})
    if done.same:
        said.append(_("%(count)s người đã được ghi như vậy từ trước.") % {"count": number(done.same)})
    return " ".join(said)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 19 else None
