"""The map of the API: importing the rooms declares their operations."""

from django.urls import include, path

from bihuan.api import (
    access,
    audit,
    batches,
    board,
    checkup,
    console,
    directory,
    disclosure,
    documentation,
    dossier,
    exemptions,
    experts,
    extensions,
    findings,
    home,
    imports,
    ledgers,
    lights,
    links,
    matters,
    messages,
    own,
    petition_checks,
    petitioners,
    plan_writing,
    plans,
    progress,
    rebounds,
    registers,
    repeats,
    sharing,
    splitting,
    steps,
    sweeping,
    verification,
    watching,
    workbooks,
)
from bihuan.api.door import ROOT, addresses

ROOMS = (
    *(access, audit, batches, board, checkup, console, directory, disclosure, dossier, exemptions, experts),
    *(extensions, findings, home, imports, ledgers, lights, links, matters, messages, own, petition_checks),
    *(petitioners, plan_writing, plans, progress, rebounds, registers, repeats, sharing, splitting, steps),
    *(sweeping, verification, watching, workbooks),
)

urlpatterns = [
    path(f"{ROOT}/", include([path("docs", documentation.documentation, name="api_documentation"), *addresses()])),
]
