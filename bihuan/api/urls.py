"""The map of the API: importing the rooms declares their operations."""

from django.urls import path

from bihuan.api import directory, documentation, imports, ledgers, matters, messages, steps
from bihuan.api.door import ROOT, addresses

ROOMS = (directory, imports, ledgers, matters, messages, steps)

urlpatterns = [path(f"{ROOT}/docs", documentation.documentation, name="api_documentation"), *addresses()]
