"""The map of the public pages."""

from django.urls import include, path

from bihuan.portal import opendata, pages, petitions

PUBLIC = [
    path("", pages.notice_list, name="notice_list"),
    path("notices.json", pages.notice_feed, name="notice_feed"),
    path("notices/<slug:code>/", pages.notice_detail, name="notice_detail"),
    path("petitions/", petitions.petition_list, name="public_petitions"),
    path("petitions.csv", opendata.petitions_csv, name="public_petitions_csv"),
    path("petitions.json", opendata.petitions_json, name="public_petitions_json"),
    path("petitions/<slug:code>/", petitions.petition_result, name="public_petition"),
    path("figures/", petitions.petition_figures, name="public_figures"),
    path("figures.csv", opendata.figures_csv, name="public_figures_csv"),
    path("figures.json", opendata.figures_json, name="public_figures_json"),
    path("feed.xml", opendata.release_feed, name="public_feed"),
]

urlpatterns = [path("public/", include(PUBLIC))]
