"""Addresses of taking attendance."""

from django.urls import path

from nhanlucso.web.classes.attending import confirming, papers, rosters, sheets

urlpatterns = [
    path("<int:class_id>/diem-danh/<int:session_id>/", sheets.attendance, name="attendance"),
    path("<int:class_id>/diem-danh/<int:session_id>/tep/", sheets.attendance_list, name="attendance-list"),
    path("<int:class_id>/diem-danh/<int:session_id>/giay/", papers.add, name="paper-add"),
    path("giay/<int:paper_id>/", papers.paper, name="paper"),
    path("giay/<int:paper_id>/da-nhap/", papers.typed, name="paper-typed"),
    path("giay/<int:paper_id>/bo/", papers.remove, name="paper-remove"),
    path("<int:class_id>/danh-sach/", rosters.roster, name="roster"),
    path("<int:class_id>/danh-sach/them/", rosters.add, name="roster-add"),
    path("<int:class_id>/danh-sach/dan/", rosters.paste, name="roster-paste"),
    path("<int:class_id>/danh-sach/lay/", rosters.copy, name="roster-copy"),
    path("<int:class_id>/danh-sach/bo/<int:person_id>/", rosters.remove, name="roster-remove"),
    path("<int:class_id>/xac-nhan/", confirming.confirm, name="roster-confirm"),
    path("<int:class_id>/xac-nhan/<int:person_id>/", confirming.object_to, name="roster-object"),
    path("<int:class_id>/y-kien/<int:objection_id>/", confirming.answer, name="objection-answer"),
]
