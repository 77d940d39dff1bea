"""The sentence that says exactly what an own indicator counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from nhanlucso.courses.enums import CountsFor
from nhanlucso.courses.models import Course
from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.own.refusals import refusal
from nhanlucso.indicators.own.rules import Parts, problems
from nhanlucso.indicators.parts import Audience, Deed, Event, Within
from nhanlucso.people.enums import STAFF, Category, Duty, Sex
from nhanlucso.training.enums import Form, Mode

KINDS: Mapping[str, str | Promise] = {
    "province": pgettext_lazy("loại đơn vị", "tỉnh"),
    "district": pgettext_lazy("loại đơn vị", "huyện (trước 01/7/2025)"),
    "commune": pgettext_lazy("loại đơn vị", "xã, phường, đặc khu"),
    "village": pgettext_lazy("loại đơn vị", "thôn, tổ dân phố"),
    "agency": pgettext_lazy("loại đơn vị", "sở, ban, ngành"),
    "division": pgettext_lazy("loại đơn vị", "phòng, ban trực thuộc"),
    "service_unit": pgettext_lazy("loại đơn vị", "đơn vị sự nghiệp"),
    "enterprise": pgettext_lazy("loại đơn vị", "doanh nghiệp"),
}
DEEDS: Mapping[Deed, str | Promise] = {
    Deed.ATTENDED: gettext_lazy("dự ít nhất một buổi của một lớp"),
    Deed.COMPLETED: gettext_lazy("hoàn thành một lớp (dự từ 80 % số buổi)"),
    Deed.PASSED: gettext_lazy("đạt một khóa học"),
    Deed.LEARNED: gettext_lazy("hoàn thành một lớp (dự từ 80 % số buổi) hoặc đạt một khóa học"),
}


UNDONE: Mapping[Deed, str | Promise] = {
    Deed.ATTENDED: gettext_lazy("chưa dự buổi nào của lớp nào"),
    Deed.COMPLETED: gettext_lazy("chưa hoàn thành lớp nào (dự từ 80 % số buổi)"),
    Deed.PASSED: gettext_lazy("chưa đạt khóa học nào"),
    Deed.LEARNED: gettext_lazy("chưa hoàn thành lớp nào (dự từ 80 % số buổi), cũng chưa đạt khóa học nào"),
}


def sentence(parts: Parts, courses: Sequence[str]) -> str:
    """What is counted, in one to three sentences; `courses` are the titles of those chosen."""
    whom = audience_words(parts.audience)
    if parts.event is None:
        words = _("Số người: %(whom)s.") % {"whom": whom}
    else:
        words = _counted(parts.measure) % {"whom": whom, "what": event_words(parts.event, courses)}
    if _ages(parts.audience):
        words += " " + _("Tuổi là năm của ngày cuối kỳ trừ năm sinh.")
    if parts.audience.is_personal:
        words += " " + _(
            "Ai chưa ghi giới tính hoặc năm sinh mà chỉ số hỏi đến thì chưa tính vào con số, chỉ nằm trong khoảng "
            "thấp–cao."
        )
    if parts.audience.kinds:
        words += " " + _("Loại đơn vị là của đơn vị ghi ở vị trí công tác.")
    return words


def _counted(measure: Measure) -> str:
    if measure == Measure.PERCENT:
        return _("Tỷ lệ %(whom)s mà %(what)s, chia cho tổng số của họ.")
    if measure == Measure.ATTENDANCES:
        return _("Số lượt mà %(whom)s đã %(what)s: mỗi lớp, mỗi khóa là một lượt của một người.")
    return _("Số người: %(whom)s, mà %(what)s.")


def audience_words(audience: Audience) -> str:
    """«cán bộ, công chức … vào ngày cuối kỳ, giữ vị trí lãnh đạo, từ 18 đến 35 tuổi»."""
    words = [_("thành viên tổ công nghệ số cộng đồng") if audience.members else _holders(audience.categories)]
    if audience.leader:
        words.append(_("giữ vị trí lãnh đạo"))
    if audience.duties:
        words.append(_("được giao nhiệm vụ %(duties)s") % {"duties": _or(_labels(Duty, audience.duties))})
    if audience.kinds:
        words.append(_("ở %(kinds)s") % {"kinds": _or(str(KINDS[kind]) for kind in audience.kinds)})
    if audience.sex:
        words.append(_("giới tính %(sex)s") % {"sex": str(Sex(audience.sex).label).lower()})
    if ages := _ages(audience):
        words.append(ages)
    return _("%(whom)s vào ngày cuối kỳ") % {"whom": ", ".join(words)}


def _holders(categories: Sequence[str]) -> str:
    if not categories:
        return _("người giữ một vị trí công tác bất kỳ")
    if set(categories) == set(STAFF):
        return _("cán bộ, công chức, viên chức, người lao động hợp đồng")
    return _or(_labels(Category, categories))


def _ages(audience: Audience) -> str:
    ages = {"from": audience.age_from, "to": audience.age_to}
    if audience.age_from is not None and audience.age_to is not None:
        return _("từ %(from)s đến %(to)s tuổi") % ages
    if audience.age_from is not None:
        return _("từ %(from)s tuổi trở lên") % ages
    return _("đến %(to)s tuổi") % ages if audience.age_to is not None else ""


def event_words(event: Event, courses: Sequence[str]) -> str:
    """«trong kỳ chưa dự buổi nào của lớp nào, hình thức hội nghị, của khóa «…»»."""
    words = [f"{_when(event)} {UNDONE[event.deed] if event.none else _('đã') + f' {DEEDS[event.deed]}'}"]
    if event.self_paced:
        words.append(_("tự học trực tuyến"))
    if event.forms:
        words.append(_("hình thức %(forms)s") % {"forms": _or(_labels(Form, event.forms))})
    if event.modes:
        words.append(_("cách học %(modes)s") % {"modes": _or(_labels(Mode, event.modes))})
    if courses:
        words.append(_("của khóa %(courses)s") % {"courses": _or(f"«{title}»" for title in courses)})
    if event.topics:
        words.append(_("về %(topics)s") % {"topics": _or(f"«{topic}»" for topic in event.topics)})
    if event.skills:
        words.append(_("tính cho %(skills)s") % {"skills": _or(_labels(CountsFor, event.skills))})
    return ", ".join(words)


def _when(event: Event) -> str:
    if event.within == Within.MONTHS:
        return _("trong %(months)s tháng đến ngày cuối kỳ") % {"months": event.months}
    return _("từ trước đến ngày cuối kỳ") if event.within == Within.EVER else _("trong kỳ")


def _labels(choices: type[Category | Duty | Form | Mode | CountsFor], values: Iterable[str]) -> list[str]:
    return [_lower(str(choices(value).label)) for value in values]


def _lower(words: str) -> str:
    """Small at the beginning, unless an abbreviation stands there."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _or(words: Iterable[str]) -> str:
    *first, last = words
    return _("%(first)s hoặc %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def told(parts: Parts) -> str:
    """The sentence that parts give. Raises Refused as `save_draft`."""
    for code in problems(parts):
        raise refusal(code)
    chosen = parts.event.courses if parts.event else ()
    titles = list(
        Course.objects.filter(pk__in=chosen).order_by("title", "pk").values_list("title", flat=True)
    )
    if len(titles) != len(set(chosen)):
        raise refusal("course_unknown")
    return sentence(parts, titles)
