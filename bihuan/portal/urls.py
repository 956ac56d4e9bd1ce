"""The map of the public pages."""

from django.urls import path

from bihuan.portal import opendata, pages, petitions

urlpatterns = [
    path("public/", pages.notice_list, name="notice_list"),
    path("public/notices.json", pages.notice_feed, name="notice_feed"),
    path("public/notices/<slug:code>/", pages.notice_detail, name="notice_detail"),
    path("public/petitions/", petitions.petition_list, name="public_petitions"),
    path("public/petitions.csv", opendata.petitions_csv, name="public_petitions_csv"),
    path("public/petitions.json", opendata.petitions_json, name="public_petitions_json"),
    path("public/petitions/<slug:code>/", petitions.petition_result, name="public_petition"),
    path("public/figures/", petitions.petition_figures, name="public_figures"),
    path("public/feed.xml", opendata.release_feed, name="public_feed"),
]
