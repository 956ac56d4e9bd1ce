"""The doors: pages for officials (portal and API get their lines when they are built)."""

from django.urls import include, path

handler400 = "bihuan.gate.errors.bad_request"
handler403 = "bihuan.gate.errors.forbidden"
handler404 = "bihuan.gate.errors.not_found"
handler500 = "bihuan.gate.errors.failed"

urlpatterns = [path("", include("bihuan.web.urls"))]
