"""The doors: pages for programs, for the public, for officials."""

from django.urls import include, path

handler400 = "bihuan.gate.errors.bad_request"
handler403 = "bihuan.gate.errors.forbidden"
handler404 = "bihuan.gate.errors.not_found"
handler500 = "bihuan.gate.errors.failed"

urlpatterns = [
    path("", include("bihuan.api.urls")),
    path("", include("bihuan.portal.urls")),
    path("", include("bihuan.web.urls")),
]
