"""All addresses."""

from django.urls import include, path

urlpatterns = [path("", include("nhanlucso.web.urls"))]
handler500 = "nhanlucso.web.kit.failing.failed"
