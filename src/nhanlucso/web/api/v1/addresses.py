"""The operations of version 1 at their addresses. Every one of them stands in the OpenAPI document."""

from django.urls import path

from nhanlucso.web.api.lists import job, lists
from nhanlucso.web.api.v1 import classes, figures, people, plans, results, units
from nhanlucso.web.api.v1.files import JOB, LISTS
from nhanlucso.web.api.v1.operations import described, resource

urlpatterns = [
    path("lists", described(lists, POST=LISTS), name="api-lists"),
    path("jobs/<str:job_id>", described(job, GET=JOB), name="api-job"),
    path("units", resource(GET=units.units), name="api-v1-units"),
    path("units/<str:unit_id>", resource(GET=units.unit), name="api-v1-unit"),
    path("people", resource(GET=people.people), name="api-v1-people"),
    path("people/<str:person_id>", resource(GET=people.person), name="api-v1-person"),
    path("courses", resource(GET=classes.courses), name="api-v1-courses"),
    path("classes", resource(GET=classes.classes), name="api-v1-classes"),
    path("classes/<str:class_id>", resource(GET=classes.training_class), name="api-v1-class"),
    path("classes/<str:class_id>/sessions", resource(GET=classes.sessions), name="api-v1-sessions"),
    path("classes/<str:class_id>/completions", resource(GET=classes.completions), name="api-v1-completions"),
    path(
        "sessions/<str:session_id>/marks",
        resource(GET=classes.marks, POST=classes.send_marks),
        name="api-v1-marks",
    ),
    path("results", resource(GET=results.results, POST=results.send_results), name="api-v1-results"),
    path(
        "results/<str:result_id>",
        resource(GET=results.result, PUT=results.correct_result),
        name="api-v1-result",
    ),
    path("programmes", resource(GET=plans.programmes), name="api-v1-programmes"),
    path("plans", resource(GET=plans.plans), name="api-v1-plans"),
    path("plans/<str:plan_id>", resource(GET=plans.plan), name="api-v1-plan"),
    path("targets", resource(GET=plans.targets), name="api-v1-targets"),
    path("teams", resource(GET=plans.teams), name="api-v1-teams"),
    path("figures", resource(GET=figures.figures), name="api-v1-figures"),
    path("indicators", resource(GET=figures.indicators), name="api-v1-indicators"),
    path("reports", resource(GET=figures.reports), name="api-v1-reports"),
    path("reports/<str:report_id>", resource(GET=figures.report), name="api-v1-report"),
]
