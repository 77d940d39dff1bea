"""Keeping forms, saying what stands in their blanks, filling them in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from nhanlucso.audit.services import record
from nhanlucso.files.reading import whole
from nhanlucso.files.services import discard, store
from nhanlucso.forms.enums import Mark, Part, Span, Text
from nhanlucso.forms.models import FormBinding, ReportForm
from nhanlucso.forms.queries.filling import Filled, Filling, filled
from nhanlucso.forms.queries.kept import (
    clear_proposals,
    editable_form,
    layout_of,
    line_of,
    visible_form,
    visible_forms,
)
from nhanlucso.indicators.definitions import definition
from nhanlucso.kernel.errors import Refused
from nhanlucso.kernel.permissions import Permission
from nhanlucso.kernel.scope import Scope
from nhanlucso.kernel.text import clean
from nhanlucso.orgs.queries import require_reach, writable_unit
from nhanlucso.papers.forms import Spot, fill_form, read_form

MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was kept, and the one of the same shape whose bindings it took over."""

    form: ReportForm
    like: ReportForm | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose for a blank; `named`: of the unit that its row or column names."""

    code: str
    part: str = Part.VALUE
    span: str = Span.PERIOD
    unit: int | None = None
    named: bool = False


def keep_form(*, file: File[bytes], unit: int, by: Scope, at: datetime) -> Kept:
    """Keeps a form as it came. One of a shape that is known takes over what was said of that one's blanks.

    Raises Refused("not_allowed", "not_a_form", "form_too_large", "form_runs", "no_blanks"); Unit.DoesNotExist outside
    the reach of reporting.
    """
    keeper = writable_unit(by, Permission.SUBMIT_REPORTS, unit)
    if (file.size or 0) > MOST_BYTES:
        raise Refused("form_too_large", _("Biểu mẫu nhiều nhất 10 MB."))
    body = file.read()
    layout = read_form(body)
    if not layout.spots:
        raise Refused("no_blanks", _("Biểu mẫu không có ô trống hay dòng chấm nào để điền."))
    like = visible_forms(by).filter(shape=layout.shape, bindings__isnull=False).first()
    with transaction.atomic():
        upload = store(file=file, name=file.name or "bieu-mau", by=by.account_id, at=at)
        form = ReportForm.objects.create(
            title=clean(PurePath(upload.name).stem.replace("_", " "))[:200],
            unit=keeper,
            upload=upload,
            shape=layout.shape,
            unknown=like.unknown if like else Mark.DASH,
            account_id=by.account_id,
            at=at,
        )
        if like is not None:
            FormBinding.objects.bulk_create(
                FormBinding(
                    form=form,
                    spot=b.spot,
                    code=b.code,
                    part=b.part,
                    span=b.span,
                    unit_id=b.unit_id,
                    named=b.named,
                )
                for b in like.bindings.all()
            )
        _written("form.keep", form, by, at)
    return Kept(form, like)


def bind(
    *, form: ReportForm, spot: str, choice: Choice | None, by: Scope, at: datetime, whole_line: bool = False
) -> int:
    """Says what stands in a blank; None: nothing does. With `whole_line` in all blanks of its column whose rows name a
    unit (of its row, where columns do). How many blanks it was said of.

    Raises Refused("not_allowed", "unknown_spot", "unknown_indicator", "bad_choice"); ReportForm.DoesNotExist,
    Unit.DoesNotExist outside the reach.
    """
    form = editable_form(by, form.pk)
    layout = layout_of(form)
    one = layout.spot(spot)
    if one is None:
        raise Refused("unknown_spot", _("Biểu mẫu không có ô này."))
    if choice is not None:
        _check(choice, by)
    names = [found.name for found in (line_of(layout, one) if whole_line else [one])]
    with transaction.atomic():
        form.bindings.filter(spot__in=names).delete()
        if choice is not None:
            FormBinding.objects.bulk_create(_binding(form, name, choice) for name in names)
        _written("form.bind", form, by, at)
    return len(names)


def accept(*, form: ReportForm, by: Scope, at: datetime) -> int:
    """Takes the proposals that are clearly the likeliest for all blanks that nothing was said of; how many they were.

    Raises as `bind`.
    """
    form = editable_form(by, form.pk)
    found = clear_proposals(by, form, layout_of(form))
    with transaction.atomic():
        FormBinding.objects.bulk_create(
            _binding(form, spot, Choice(p.code, p.part, p.span, named=p.named)) for spot, p in found.items()
        )
        _written("form.accept", form, by, at)
    return len(found)


def _binding(form: ReportForm, spot: str, choice: Choice) -> FormBinding:
    return FormBinding(
        form=form,
        spot=spot,
        code=choice.code,
        part=choice.part,
        span=choice.span,
        unit_id=choice.unit,
        named=choice.named,
    )


def rename_form(
    *, form: ReportForm, title: str, shared: bool, by: Scope, at: datetime, unknown: str = Mark.DASH
) -> None:
    """Names a form, says whether every unit may use it and what is written where a figure is not known.

    Raises Refused("not_allowed", "name_missing", "bad_choice").
    """
    form = editable_form(by, form.pk)
    if unknown not in Mark.values:
        raise Refused("bad_choice", _("Không có lựa chọn này."))
    if not (title := clean(title)):
        raise Refused("name_missing", _("Hãy đặt tên biểu mẫu."))
    with transaction.atomic():
        ReportForm.objects.filter(pk=form.pk).update(title=title[:200], shared=shared, unknown=unknown)
        _written("form.rename", form, by, at)


def remove_form(*, form: ReportForm, by: Scope, at: datetime) -> None:
    """Forgets a form with its file. Raises Refused("not_allowed"), ReportForm.DoesNotExist outside the reach."""
    form = editable_form(by, form.pk)
    with transaction.atomic():
        _written("form.remove", form, by, at)
        upload = form.upload
        form.delete()
        discard(upload=upload, by=by.account_id, at=at)


def fill(*, form: ReportForm, filling: Filling, by: Scope, at: datetime) -> bytes:
    """The form filled in, its layout as it came; where a figure is not known stands the form's mark for that, where
    nothing was chosen what stood there. On record.

    Raises Refused("damaged_file"); ReportForm.DoesNotExist, Unit.DoesNotExist outside the scope.
    """
    form = visible_form(by, form.pk)
    require_reach(by.to(Permission.SEE_FIGURES), filling.unit)
    layout = layout_of(form)
    values = filled(by, form, layout, filling)
    said = {name: _said(form, layout.spot(name), one) for name, one in values.items()}
    texts = {name: words for name, words in said.items() if words is not None}
    numbers = {spot: one.number for spot, one in values.items() if one.number is not None}
    body = fill_form(whole(form.upload), texts, numbers)
    with transaction.atomic():
        _written("form.fill", form, by, at)
    return body


def _said(form: ReportForm, spot: Spot | None, one: Filled) -> str | None:
    """The words for a blank; None where it stays as it is. Nothing of last time is left beside what is new."""
    words = form.unknown if one.unknown else one.words
    return words if words or (spot is not None and spot.holds) else None


def _check(choice: Choice, by: Scope) -> None:
    if choice.part not in Part.values or choice.span not in Span.values:
        raise Refused("bad_choice", _("Không có lựa chọn này."))
    if choice.code in Text.values:
        if choice.named or choice.unit is not None:
            raise Refused("bad_choice", _("Chữ là của đơn vị điền biểu; bỏ trống đơn vị."))
        return
    if choice.named and choice.unit is not None:
        raise Refused("bad_choice", _("Chọn một đơn vị, hoặc đơn vị ghi ở dòng."))
    if choice.part != Part.VALUE and not definition(choice.code).is_share:
        raise Refused("bad_choice", _("Chỉ tỷ lệ mới có tử số, mẫu số."))
    if choice.unit is not None:
        require_reach(by.to(Permission.SEE_FIGURES), choice.unit)


def _written(verb: str, form: ReportForm, by: Scope, at: datetime) -> None:
    record(verb=verb, object_type="form", object_id=str(form.pk), by=by.account_id, at=at)
