"""Address of the plans."""

from django.urls import path

from nhanlucso.web.plans.views import plans

urlpatterns = [path("", plans, name="plans")]
