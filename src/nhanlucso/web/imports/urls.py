"""Addresses of importing."""

from django.urls import path

from nhanlucso.web.imports.asking import ask_step, count_up, decide_names, decide_row
from nhanlucso.web.imports.groups import group, group_file
from nhanlucso.web.imports.understood import forget_shape, read_step
from nhanlucso.web.imports.views import again, all_imports, apply, drop, imports, list_import, stop_work
from nhanlucso.web.imports.writing import done_step, problem_file, undo_step

urlpatterns = [
    path("", imports, name="imports"),
    path("tat-ca/", all_imports, name="all-imports"),
    path("ghi/<uuid:job_id>/", apply, name="import-apply"),
    path("<uuid:uid>/", list_import, name="list-import"),
    path("<uuid:uid>/doc/", read_step, name="import-read"),
    path("<uuid:uid>/doc/quen/", forget_shape, name="import-forget"),
    path("<uuid:uid>/doc/lai/", again, name="import-again"),
    path("<uuid:uid>/dung/", stop_work, name="import-stop"),
    path("<uuid:uid>/bo/", drop, name="import-drop"),
    path("<uuid:uid>/hoi/", ask_step, name="import-ask"),
    path("<uuid:uid>/hoi/quyet-dinh/", decide_row, name="import-decide"),
    path("<uuid:uid>/hoi/don-vi/", decide_names, name="import-units"),
    path("<uuid:uid>/hoi/xong/", count_up, name="import-count"),
    path("<uuid:uid>/hoi/<slug:name>/", group, name="import-group"),
    path("<uuid:uid>/hoi/<slug:name>/tep/", group_file, name="import-group-file"),
    path("<uuid:uid>/xong/", done_step, name="import-done"),
    path("<uuid:uid>/tep-loi/", problem_file, name="import-problems"),
    path("<uuid:uid>/hoan-tac/", undo_step, name="import-undo"),
]
