"""Addresses by room."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from nhanlucso.web.kit.doors import everyone

urlpatterns = [
    path("", include("nhanlucso.web.home.urls")),
    path("tai-khoan/", include("nhanlucso.web.account.urls")),
    path("can-bo/", include("nhanlucso.web.people.urls")),
    path("don-vi/", include("nhanlucso.web.units.urls")),
    path("cai-cach/", include("nhanlucso.web.reform.urls")),
    path("tim/", include("nhanlucso.web.search.urls")),
    path("chi-so/doi-chieu/", include("nhanlucso.web.twin.urls")),
    path("chi-so/tu-lap/", include("nhanlucso.web.composing.urls")),
    path("chi-so/", include("nhanlucso.web.figures.urls")),
    path("chat-luong/", include("nhanlucso.web.quality.urls")),
    path("lop-hoc/", include("nhanlucso.web.classes.urls")),
    path("api/", include("nhanlucso.web.api.urls")),
    path("scim/v2/", include("nhanlucso.web.scim.urls")),
    path("ket-qua/", include("nhanlucso.web.results.urls")),
    path("cua-toi/", include("nhanlucso.web.own.urls")),
    path("to-cong-nghe/", include("nhanlucso.web.teams.urls")),
    path("truyen-thong/", include("nhanlucso.web.outreach.urls")),
    path("ke-hoach/", include("nhanlucso.web.plans.urls")),
    path("bao-cao/", include("nhanlucso.web.reports.urls")),
    path("bieu-mau/", include("nhanlucso.web.forms.urls")),
    path("xac-minh/", include("nhanlucso.web.verifying.urls")),
    path("nhap-lieu/", include("nhanlucso.web.imports.urls")),
    path("viec/", include("nhanlucso.web.jobs.urls")),
    path("huong-dan/", include("nhanlucso.web.guide.urls")),
    path("lich-su/", include("nhanlucso.web.history.urls")),
    path("quan-tri/", include("nhanlucso.web.admin.urls")),
    path("design/", include("nhanlucso.web.design.urls")),
    path("", include("nhanlucso.web.health.urls")),
    path(
        "ngon-ngu/", everyone("a cookie of one's own")(login_not_required(set_language)), name="set_language"
    ),
]
