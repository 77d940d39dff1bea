"""The declared indicators, catalogue version 1.

An `Indicator` says what is counted; how is the engine's business. Order is the order of every listing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhanlucso.indicators.enums import Measure
from nhanlucso.indicators.parts import Audience, Deed, Event, Within

CATALOGUE_VERSION = 1
OWN = "own."  # what codes of own indicators begin with

STAFF = Audience()
LEADERS = Audience(leader=True)
DEDICATED = Audience(duties=("dt_dedicated",))
CONCURRENT = Audience(duties=("dt_concurrent",), without=("dt_dedicated",))
CIVIL_SERVANTS = Audience(categories=("civil_servant",))
DT_OFFICERS = Audience(duties=("dt_dedicated", "dt_concurrent"))

BASIC = Event(Deed.LEARNED, skills=("basic_digital_skills",))
ICT = Event(Deed.LEARNED, skills=("ict_standard",))
ANY_TRAINING = Event(Deed.LEARNED)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: what it counts (`relation`, or an `audience`, or those of it with an `event`).

    The measure says what is made of an event: the share of the audience, the persons, or how often they did it.
    """

    code: str
    measure: Measure
    name: str | Promise
    definition: str | Promise
    relation: str = "people"
    audience: Audience | None = None
    event: Event | None = None
    version: int = CATALOGUE_VERSION

    @property
    def is_share(self) -> bool:
        return self.measure == Measure.PERCENT

    @property
    def has_twins(self) -> bool:
        """Whether it may be unknown of a person if they count: rows stand at twins of anchors, too."""
        return self.audience is not None and self.audience.is_personal

    @property
    def is_composed(self) -> bool:
        """Whether somebody of this installation composed it."""
        return self.code.startswith(OWN)

    @property
    def of_people(self) -> bool:
        """Whether what is counted are persons, so that a passport lists people."""
        return self.relation in ("people", "trained", "learners", "members")


_ALL = (
    Indicator(
        "staff.headcount",
        Measure.PERSONS,
        _("Cán bộ, công chức, viên chức và người lao động"),
        _(
            "Số người có vị trí cán bộ, công chức, viên chức hoặc hợp đồng lao động còn hiệu lực vào ngày "
            "cuối kỳ; mỗi người tính một lần, ở vị trí chính."
        ),
        audience=STAFF,
    ),
    Indicator(
        "staff.leaders",
        Measure.PERSONS,
        _("Lãnh đạo"),
        _("Số người giữ vị trí lãnh đạo vào ngày cuối kỳ."),
        audience=LEADERS,
    ),
    Indicator(
        "it.dedicated",
        Measure.PERSONS,
        _("Chuyên trách công nghệ thông tin"),
        _("Số người có vị trí chuyên trách công nghệ thông tin, chuyển đổi số vào ngày cuối kỳ."),
        audience=DEDICATED,
    ),
    Indicator(
        "it.concurrent",
        Measure.PERSONS,
        _("Kiêm nhiệm công nghệ thông tin"),
        _(
            "Số người kiêm nhiệm công nghệ thông tin, chuyển đổi số vào ngày cuối kỳ, không tính người đã là "
            "chuyên trách."
        ),
        audience=CONCURRENT,
    ),
    Indicator(
        "training.rounds",
        Measure.ROUNDS,
        _("Đợt tập huấn"),
        _("Số đợt khác nhau của các lớp và hội nghị trong kỳ, theo đơn vị chủ trì và năm."),
        relation="rounds",
    ),
    Indicator(
        "training.classes",
        Measure.CLASSES,
        _("Lớp tập huấn"),
        _("Số lớp có buổi học bắt đầu trong kỳ, tính cho đơn vị chủ trì."),
        relation="classes",
    ),
    Indicator(
        "training.conferences",
        Measure.CONFERENCES,
        _("Hội nghị"),
        _("Số hội nghị có buổi bắt đầu trong kỳ, tính cho đơn vị chủ trì."),
        relation="conferences",
    ),
    Indicator(
        "training.attendances",
        Measure.ATTENDANCES,
        _("Lượt tham gia tập huấn"),
        _(
            "Mỗi người trong mỗi lớp là một lượt, dù dự mấy buổi; cộng số đại biểu đếm được nơi không có danh "
            "sách. Lượt không phải là số người."
        ),
        relation="pairs",
    ),
    Indicator(
        "training.persons",
        Measure.PERSONS,
        _("Người được tập huấn"),
        _(
            "Số người khác nhau có tên trong danh sách và có mặt ít nhất một buổi trong kỳ. Nơi chỉ có số đếm "
            "thì không biết bao nhiêu người: khoảng thấp–cao nói điều đó."
        ),
        relation="trained",
    ),
    Indicator(
        "training.person_days",
        Measure.PERSON_DAYS,
        _("Ngày-người tập huấn"),
        _("Số cặp người và ngày có mặt khác nhau trong kỳ."),
        relation="days",
    ),
    Indicator(
        "mooc.learners",
        Measure.PERSONS,
        _("Người học trực tuyến (MOOC)"),
        _("Số người khác nhau đã ghi danh hoặc hoàn thành một khóa tự học trực tuyến trong kỳ."),
        relation="learners",
    ),
    Indicator(
        "mooc.completions",
        Measure.ATTENDANCES,
        _("Lượt hoàn thành khóa trực tuyến"),
        _("Số cặp người và khóa tự học trực tuyến đạt yêu cầu, hoàn thành trong kỳ."),
        relation="completions",
    ),
    Indicator(
        "coverage.basic",
        Measure.PERCENT,
        _("Tỷ lệ được phổ cập kỹ năng số cơ bản trong kỳ"),
        _(
            "Cán bộ, công chức, viên chức, người lao động vào ngày cuối kỳ mà trong kỳ đã hoàn thành một lớp hoặc "
            "đạt một khóa về kỹ năng số cơ bản, chia cho tổng số của họ."
        ),
        audience=STAFF,
        event=BASIC,
    ),
    Indicator(
        "coverage.ict_standard",
        Measure.PERCENT,
        _("Tỷ lệ công chức được chuẩn hóa kỹ năng CNTT trong kỳ"),
        _(
            "Công chức vào ngày cuối kỳ mà trong kỳ đã hoàn thành một lớp hoặc đạt một khóa theo chuẩn kỹ năng "
            "ứng dụng công nghệ thông tin, chia cho tổng số công chức."
        ),
        audience=CIVIL_SERVANTS,
        event=ICT,
    ),
    Indicator(
        "status.basic",
        Measure.PERCENT,
        _("Tỷ lệ đã có kỹ năng số cơ bản"),
        _(
            "Cán bộ, công chức, viên chức, người lao động vào ngày cuối kỳ mà đến ngày đó đã từng hoàn thành một "
            "lớp hoặc đạt một khóa về kỹ năng số cơ bản, chia cho tổng số của họ."
        ),
        audience=STAFF,
        event=replace(BASIC, within=Within.EVER),
    ),
    Indicator(
        "status.ict_standard",
        Measure.PERCENT,
        _("Tỷ lệ công chức đã đạt chuẩn kỹ năng CNTT"),
        _(
            "Công chức vào ngày cuối kỳ mà đến ngày đó đã từng hoàn thành một lớp hoặc đạt một khóa theo chuẩn "
            "kỹ năng ứng dụng công nghệ thông tin, chia cho tổng số công chức."
        ),
        audience=CIVIL_SERVANTS,
        event=replace(ICT, within=Within.EVER),
    ),
    Indicator(
        "coverage.leaders",
        Measure.PERCENT,
        _("Tỷ lệ lãnh đạo được tập huấn trong kỳ"),
        _(
            "Lãnh đạo vào ngày cuối kỳ mà trong kỳ đã hoàn thành một lớp hoặc đạt một khóa bất kỳ, chia cho tổng "
            "số lãnh đạo."
        ),
        audience=LEADERS,
        event=ANY_TRAINING,
    ),
    Indicator(
        "coverage.dt_officers",
        Measure.PERCENT,
        _("Tỷ lệ cán bộ CNTT, chuyển đổi số được tập huấn trong kỳ"),
        _(
            "Người chuyên trách hoặc kiêm nhiệm công nghệ thông tin, chuyển đổi số vào ngày cuối kỳ mà trong kỳ đã "
            "hoàn thành một lớp hoặc đạt một khóa bất kỳ, chia cho tổng số của họ."
        ),
        audience=DT_OFFICERS,
        event=ANY_TRAINING,
    ),
    Indicator(
        "teams.count",
        Measure.TEAMS,
        _("Tổ công nghệ số cộng đồng"),
        _("Số tổ còn hiệu lực vào ngày cuối kỳ."),
        relation="teams",
    ),
    Indicator(
        "teams.members",
        Measure.PERSONS,
        _("Thành viên tổ công nghệ số cộng đồng"),
        _("Số người khác nhau là thành viên các tổ đó vào ngày cuối kỳ."),
        relation="members",
    ),
    Indicator(
        "teams.village_coverage",
        Measure.PERCENT,
        _("Tỷ lệ thôn, tổ dân phố có tổ công nghệ số"),
        _("Số thôn, bản, tổ dân phố có tổ riêng của mình vào ngày cuối kỳ, chia cho tổng số thôn."),
        relation="villages",
    ),
    Indicator(
        "teams.assists",
        Measure.ATTENDANCES,
        _("Lượt hỗ trợ người dân"),
        _("Tổng số lượt hỗ trợ trong kỳ mà người dân tự làm được hoặc làm được khi có hỗ trợ."),
        relation="assists",
    ),
    Indicator(
        "outreach.items",
        Measure.ITEMS,
        _("Tin, bài tuyên truyền"),
        _("Tổng số tin, bài, phóng sự, chương trình trong kỳ."),
        relation="outreach",
    ),
)

INDICATORS: Mapping[str, Indicator] = {indicator.code: indicator for indicator in _ALL}
