"""What is approved is frozen: whatever happens to the records afterwards, it is rebuilt to the same bytes."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from nhanlucso.kernel.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fonts")]


@pytest.fixture
def officer(district: dict[str, Any]) -> Any:
    from tests.reports.signatories import scope

    return scope("can-bo", "officer", district["p"])


@pytest.fixture
def approved(district: dict[str, Any], officer: Any) -> Any:
    from tests.reports.signatories import decided, scope, submitted

    return decided(scope("lanh-dao", "approver", district["p"]), submitted(officer, district["d"]), True)


def frozen(unit: Any, **words: Any) -> list[dict[str, Any]]:
    from nhanlucso.indicators.queries import ask
    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.reports.queries.published import frozen_figures

    asked = ask("2024-9M", "decree", words.pop("tree", "then"))
    return frozen_figures(SYSTEM, unit.pk, "2024-9M", asked, calendar="decree", **words)


def live(unit: Any) -> list[dict[str, Any]]:
    from nhanlucso.indicators.figures import as_json
    from nhanlucso.indicators.queries import ask, figure_rows, pick
    from nhanlucso.kernel.scope import SYSTEM

    rows = figure_rows(SYSTEM, ask("2024-9M"), pick(None), unit.pk, True)
    return [as_json(figure, name, "2024-9M") for name, figure in rows]


def test_the_published_figures_are_those_of_the_unit_and_its_children(
    district: dict[str, Any], approved: Any
) -> None:
    rows = frozen(district["d"], by_child=True)
    assert rows == live(district["d"])
    assert [row["unit_id"] for row in rows[:: len(rows) // 4]] == ["d", "a", "b", "v"]
    own = frozen(district["d"], codes=["staff.headcount", "coverage.basic"])
    assert [(row["unit_id"], row["indicator"]) for row in own] == [
        ("d", "staff.headcount"),
        ("d", "coverage.basic"),
    ]


def test_they_stay_whatever_the_records_say(district: dict[str, Any], approved: Any) -> None:
    from nhanlucso.people.models import Person
    from tests.factories.records import facts_changed

    before = frozen(district["d"], by_child=True)
    Person.objects.filter(uid="a0").delete()
    facts_changed()
    assert frozen(district["d"], by_child=True) == before
    assert live(district["d"]) != before


@pytest.mark.parametrize(("unit", "words"), [("a", {}), ("d", {"tree": "2025-01-01"})])
def test_nothing_is_frozen_but_what_was_approved(
    district: dict[str, Any], approved: Any, unit: str, words: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refusal:
        frozen(district[unit], **words)
    assert refusal.value.code == "not_frozen"
    assert ("--tree" in refusal.value.message) == bool(words)


def test_what_was_only_submitted_is_not_frozen(district: dict[str, Any], officer: Any) -> None:
    from tests.reports.signatories import submitted

    submitted(officer, district["d"])
    with pytest.raises(Refused) as refusal:
        frozen(district["d"])
    assert refusal.value.code == "not_frozen"


def test_an_unknown_indicator_is_refused(district: dict[str, Any], approved: Any) -> None:
    with pytest.raises(Refused) as refusal:
        frozen(district["d"], codes=["no.such"])
    assert refusal.value.code == "unknown_indicator"


def test_a_report_approved_before_freezing_gives_its_own_figures(
    district: dict[str, Any], approved: Any
) -> None:
    from nhanlucso.reports.models import Report, ReportRevision, ReportStep

    new = approved.revisions.get()
    old = Report.objects.create(
        unit=district["b"], kind="nine-month", period="2024-9M", state="approved", revision=1
    )
    files = {form: getattr(new, form) for form in ("docx", "pdf", "xlsx")}
    kept = ReportRevision.objects.create(
        report=old, number=1, figures=new.figures, text={}, build="b", as_of=new.as_of, **files
    )
    ReportStep.objects.create(report=old, revision=kept, verb="approve", at=new.as_of)
    rows = frozen(district["b"])
    same = frozen(district["d"])
    assert [row | {"unit_id": "d"} for row in rows] == same
    with pytest.raises(Refused):
        frozen(district["b"], by_child=True)


def test_the_database_refuses_to_change_a_revision_or_a_step(approved: Any) -> None:
    from nhanlucso.reports.models import ReportRevision, ReportStep

    for rows, change in (
        (ReportRevision.objects.all(), {"figures": []}),
        (ReportStep.objects.all(), {"verb": "return"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.get(pk=rows.last().pk).delete()
    ReportStep.objects.update(account=None)  # an account may go


def test_files_are_rendered_again_to_the_same_bytes(approved: Any) -> None:
    from nhanlucso.files.reading import whole
    from nhanlucso.reports.freezing import frozen_of
    from nhanlucso.reports.rendering import FORMATS, rendered

    revision = approved.revisions.get()
    held = frozen_of(revision)
    assert held is not None
    assert revision.checksum == hashlib.sha256(whole(revision.frozen)).hexdigest()
    for form in FORMATS:
        assert rendered(held.paper, form) == whole(getattr(revision, form)), form
    assert held.manifest["definitions"]["coverage.basic"] == 1
    assert held.manifest["as_of"] == held.figures[0]["as_of"]


def test_the_identities_counted_are_kept(district: dict[str, Any], approved: Any) -> None:
    from nhanlucso.people.models import Person
    from nhanlucso.reports.freezing import frozen_of

    held = frozen_of(approved.revisions.get())
    assert held is not None
    window = (date(2023, 12, 15), date(2024, 9, 14))
    counted = {row[1] for row in held.behind("coverage.basic", window) if row[0] == "counted"}
    names = set(Person.objects.filter(pk__in=counted).values_list("uid", flat=True))
    assert names == {"v0", "v1", "a0", "a1", "a2", "b0"}


def test_the_command_prints_what_is_published(
    district: dict[str, Any], approved: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    from nhanlucso.cli.main import run

    words = ["figures", "--unit", "d", "--period", "2024-9M", "--frozen"]
    assert run([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == frozen(district["d"])
    assert run([*words, "--indicator", "coverage.basic", "training.persons"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in told] == ["training.persons", "coverage.basic"]
    assert told[1].endswith("75,0 %")
    assert run(["figures", "--unit", "b", "--period", "2024-9M", "--frozen", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "not_frozen"


def test_the_capsule_says_the_same_of_the_same_people(district: dict[str, Any], approved: Any) -> None:
    from nhanlucso.files.reading import whole
    from nhanlucso.indicators.capsules import pseudonyms, read_capsule
    from nhanlucso.reports.freezing import frozen_of

    revision = approved.revisions.get()
    held = frozen_of(revision)
    assert held is not None and revision.capsule is not None
    capsule = read_capsule(whole(revision.capsule))
    assert capsule.figures == held.figures
    window = (date(2023, 12, 15), date(2024, 9, 14))
    rows = held.behind("coverage.basic", window)
    counted = sorted({row[1] for row in rows if row[0] == "counted" and row[1] is not None})
    assert capsule.people("coverage.basic", "d").hits == set(pseudonyms(counted).values())


def test_erasing_a_person_changes_neither_what_is_frozen_nor_what_is_counted(
    district: dict[str, Any], approved: Any
) -> None:
    from nhanlucso.files.reading import whole
    from nhanlucso.indicators.capsules.verdict import judged, require_true
    from nhanlucso.kernel.clock import now
    from nhanlucso.kernel.scope import SYSTEM
    from nhanlucso.people.models import Person, Post
    from nhanlucso.people.rights.services import erase_person
    from tests.factories.records import facts_changed

    person = Person.objects.get(uid="a0")
    Post.objects.filter(person=person).update(valid_to=date(2025, 12, 31))
    facts_changed()
    capsule = approved.revisions.get().capsule

    def figures() -> tuple[Any, ...]:
        counted = [{**row, "as_of": ""} for row in live(district["d"])]
        return counted, frozen(district["d"], by_child=True), whole(capsule)

    before = figures()
    erase_person(person=person, by=SYSTEM, at=now())
    assert Person.objects.get(uid="a0").full_name == "Đã xóa thông tin"
    assert figures() == before
    require_true(judged(whole(capsule)))
