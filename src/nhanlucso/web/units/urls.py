"""Addresses of the units."""

from datetime import date

from django.urls import path, register_converter

from nhanlucso.web.units import adopting, changing, views
from nhanlucso.web.units.roster import roster


class DayConverter:
    """A day in an address: 2025-07-01."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, text: str) -> date:
        return date.fromisoformat(text)

    def to_url(self, day: date) -> str:
        return day.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("", views.units, name="units"),
    path("danh-sach/", views.units_file, name="units-file"),
    path("danh-muc/", adopting.catalogue, name="unit-catalogue"),
    path("danh-muc/<str:key>/", adopting.entry, name="unit-adopt"),
    path("thay-doi/<day:day>/", adopting.offer, name="unit-offer"),
    path("them/", changing.add, name="unit-add"),
    path("<int:pk>/", views.unit, name="unit"),
    path("<int:pk>/so-lieu/", views.numbers, name="unit-figures"),
    path("<int:pk>/oneroster/", roster, name="unit-roster"),
    path("<int:pk>/doi-ten/", changing.rename, name="unit-rename"),
    path("<int:pk>/chuyen/", changing.move, name="unit-move"),
    path("<int:pk>/ket-thuc/", changing.end, name="unit-end"),
]
