"""Addresses of resolutions."""

from django.urls import path

from nhanlucso.web.reform import assigning, building, rehearsing, touching, views

urlpatterns = [
    path("", views.resolutions, name="reform"),
    path("soan/", views.draft, name="resolution-add"),
    path("phan-ve/<int:unit>/", assigning.split, name="split"),
    path("phan-ve/<int:unit>/don-vi/", assigning.place_units, name="split-units"),
    path("phan-ve/<int:unit>/vi-tri/", assigning.place_posts, name="split-posts"),
    path("phan-ve/<int:unit>/hoan-tac/<slug:act>/", assigning.take_back, name="split-undo"),
    path("<slug:uid>/", views.resolution, name="resolution"),
    path("<slug:uid>/sua/", views.change, name="resolution-change"),
    path("<slug:uid>/xoa/", views.drop, name="resolution-drop"),
    path("<slug:uid>/dong/<int:row>/bo/", views.remove, name="resolution-row-remove"),
    path("<slug:uid>/tep/", building.upload, name="resolution-file"),
    path("<slug:uid>/danh-muc/", building.propose, name="resolution-catalogue"),
    path("<slug:uid>/them/<slug:kind>/", building.add, name="resolution-row"),
    path("<slug:uid>/xem-truoc/", rehearsing.rehearse, name="resolution-rehearsal"),
    path("<slug:uid>/xem-truoc/accounts/", touching.accounts, name="resolution-accounts"),
    path("<slug:uid>/xem-truoc/accounts/tep/", touching.accounts_file, name="resolution-accounts-file"),
    path("<slug:uid>/xem-truoc/<slug:what>/", touching.touched, name="resolution-touched"),
    path("<slug:uid>/xem-truoc/<slug:what>/tep/", touching.touched_file, name="resolution-touched-file"),
    path("<slug:uid>/thuc-hien/", rehearsing.enact, name="resolution-enact"),
    path("<slug:uid>/hoan-tac/", rehearsing.reverse_it, name="resolution-reverse"),
]
