"""The doors: pages for officials (portal and API get their lines when they are built)."""

from django.urls import include, path

urlpatterns = [path("", include("bihuan.web.urls"))]
