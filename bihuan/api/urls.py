"""The map of the API: importing the rooms declares their operations."""

from django.urls import path

from bihuan.api import checkup, directory, documentation, home, imports, ledgers, matters, messages, steps, workbooks
from bihuan.api.door import ROOT, addresses

ROOMS = (checkup, directory, home, imports, ledgers, matters, messages, steps, workbooks)

urlpatterns = [path(f"{ROOT}/docs", documentation.documentation, name="api_documentation"), *addresses()]
