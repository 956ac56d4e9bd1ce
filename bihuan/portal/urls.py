"""The map of the public pages."""

from django.urls import path

from bihuan.portal import pages

urlpatterns = [
    path("public/", pages.notice_list, name="notice_list"),
    path("public/notices.json", pages.notice_feed, name="notice_feed"),
    path("public/notices/<slug:code>/", pages.notice_detail, name="notice_detail"),
]
