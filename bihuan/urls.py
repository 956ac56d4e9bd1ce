"""The doors: pages for officials and for programs (the portal gets its line when it is built)."""

from django.urls import include, path

handler400 = "bihuan.gate.errors.bad_request"
handler403 = "bihuan.gate.errors.forbidden"
handler404 = "bihuan.gate.errors.not_found"
handler500 = "bihuan.gate.errors.failed"

urlpatterns = [path("", include("bihuan.api.urls")), path("", include("bihuan.web.urls"))]
