"""Pages of the evidence on a matter of any kind: the wall of files, what is still missing, and each file itself."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from bihuan.core import files
from bihuan.gate import proofs as kept
from bihuan.gate.answers import again, deed, opinion, or_404, page, refusals, refused_at
from bihuan.gate.policy import BUSINESS, Asked, policy
from bihuan.lib.flow import Refused
from bihuan.lib.paper.document import Unreadable
from bihuan.lib.paper.guarded import glimpse_guarded
from bihuan.lib.quantity import whole
from bihuan.lib.redact import mask, masked, scan
from bihuan.matters.actions.evidence import Brought
from bihuan.matters.queries import evidence
from bihuan.rectification.actions import evidence as actions
from bihuan.rectification.queries import proofs
from bihuan.rectification.rules.checklist import kind_for
from bihuan.web import proofs_view
from bihuan.web.proof_forms import EvidenceForm

JPEG = "image/jpeg"
ADDED = "放上了{}份。"
PERSONAL = "文件里像有姓名、电话一类个人信息{}处，查找里已遮盖，原件没有改动；写着举报人的请作废，换遮盖过的。"
NO_SUCH = "没有这一步。"


@policy(BUSINESS)
def evidence_list(request: Asked, code: str) -> HttpResponse:
    """The evidence on a problem, measure or petition; a POST adds files, pairs pictures, declares one void, waives
    an item.
    """
    subject: Any = or_404(kept.subject_of(request.actor, code))
    form = EvidenceForm(None, proofs_view.items_of(subject))
    if request.method == "POST":
        if request.POST.get("act") != "add":
            _act(request, subject)
            return again(request)
        form = EvidenceForm(request.POST, proofs_view.items_of(subject), files=request.FILES)
        if form.is_valid() and _add(request, subject, form):
            return again(request)
    told = proofs_view.wall(subject, request.actor)
    status = 422 if form.errors else 200
    room = proofs_view.room_of(subject)
    return page(request, "rectification/evidence_list.html", room=room, status=status, form=form, **told)


def _add(request: Asked, subject: Any, form: EvidenceForm) -> bool:
    """Put the files on the matter, or say at the form why none was."""
    brought = []
    for name, data in form.papers():
        try:
            brought.append(_seen(name, data, form))
        except Unreadable as refusal:
            form.add_error("file", f"{masked(name)}：{refusal} 这一批都没有放上去，去掉它再放。")
    if form.errors:
        return False
    personal = sum(one.personal for one in brought) if kept.is_petition(subject) else 0
    done = ADDED.format(len(brought)) + (PERSONAL.format(personal) if personal else "")
    with refused_at(form, request, done):
        kept.add(subject, [one.file for one in brought], **deed(request))
    return not form.errors


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it goes in, and how often something personal stands in it."""

    file: Brought
    personal: int


def _seen(name: str, data: bytes, form: EvidenceForm) -> Seen:
    """A file as it goes in: what the picture itself says of time and place stands apart from what is typed."""
    glimpse = glimpse_guarded(name, data)
    told, picture = form.cleaned_data, glimpse.picture
    position = picture.position if picture else None
    facts = {"place": told["place"]}
    if position is not None:
        facts |= {"latitude": f"{position.latitude:.6f}", "longitude": f"{position.longitude:.6f}", "datum": "WGS-84"}
    words, hits = _searched(glimpse.text)
    brought = Brought(
        name,
        data,
        kind_for(told["proves"], told["kind"]),
        told["caption"],
        told["proves"],
        taken_at=picture.taken_at if picture else None,
        preview=glimpse.views[0] if glimpse.views else None,
        words=words,
        facts=facts,
    )
    return Seen(brought, hits)


WORDS = 20_000  # characters of a file that are searched
BEYOND = 100  # and looked at, for a number or a name that reaches over their end


def _searched(text: str) -> tuple[str, int]:
    """The words of a file for the search, what tells of people masked, and how often something did."""
    hits = [one for one in scan(text[: WORDS + BEYOND]) if one.start < WORDS]
    end = max([WORDS, *(one.end for one in hits)])
    return mask(text[:end], hits), len(hits)


def _act(request: Asked, subject: Any) -> None:
    """One of the small deeds on the page; what is named must stand on this very matter."""
    act = request.POST.get("act", "")
    with refusals(request, proofs_view.DONE.get(act, "")):
        run = OF_FILES.get(act) or (None if kept.is_petition(subject) else OF_ITEMS.get(act))
        if run is None:
            raise Refused(NO_SUCH)
        run(request, subject)


def _pair(request: Asked, subject: Any) -> None:
    after, before = (_file(request, subject, one) for one in ("after", "before"))
    kept.pair(subject, after, before, **deed(request))


def _end(request: Asked, subject: Any) -> None:
    kept.end(subject, _file(request, subject, "row"), note=opinion(request), **deed(request))


def _file(request: Asked, subject: Any, field: str) -> Any:
    return or_404(evidence.file_on(subject.matter, whole(request.POST.get(field))))


def _waive(request: Asked, subject: Any) -> None:
    actions.waive_item(subject, request.POST.get("item", ""), note=opinion(request), **deed(request))


def _end_waiver(request: Asked, subject: Any) -> None:
    actions.end_waiver(subject, _waiver(request, subject), note=opinion(request), **deed(request))


def _confirm_waiver(request: Asked, subject: Any) -> None:
    actions.confirm_waiver(subject, _waiver(request, subject), note=opinion(request), **deed(request))


def _waiver(request: Asked, subject: Any) -> Any:
    return or_404(proofs.waiver_of(subject, whole(request.POST.get("row"))))


OF_FILES = {"pair": _pair, "end": _end}
OF_ITEMS = {"waive": _waive, "end_waiver": _end_waiver, "confirm_waiver": _confirm_waiver}  # a petition has no list


@policy(BUSINESS)
def evidence_file(request: Asked, code: str, pk: int) -> HttpResponse:
    """One file as it was brought, to keep."""
    row = _row(request, code, pk)
    answer = HttpResponse(files.read(row.file), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, evidence.name_of(row)) or ""
    return answer


@policy(BUSINESS)
def evidence_preview(request: Asked, code: str, pk: int) -> HttpResponse:
    """A small copy of a picture, or of a PDF's first page, without a word about time, place or camera."""
    row = _row(request, code, pk)
    if row.preview is None:
        raise Http404
    return HttpResponse(files.read(row.preview), content_type=JPEG)


def _row(request: Asked, code: str, pk: int) -> Any:
    subject: Any = or_404(kept.subject_of(request.actor, code))
    return get_object_or_404(kept.every_file_of(subject), pk=pk)
