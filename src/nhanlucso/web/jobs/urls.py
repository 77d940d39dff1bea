"""Addresses of long work."""

from django.urls import path

from nhanlucso.web.jobs.views import again, job, jobs, stop

urlpatterns = [
    path("", jobs, name="jobs"),
    path("<uuid:job_id>/", job, name="job"),
    path("<uuid:job_id>/dung/", stop, name="job-stop"),
    path("<uuid:job_id>/chay-lai/", again, name="job-again"),
]
