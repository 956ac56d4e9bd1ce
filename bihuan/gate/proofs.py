"""The evidence (佐证) on any matter, as two doors show it: by the code of the matter, in the viewer's sight.

Hides that problems and measures are one module's, and petitions another's.
"""

from collections.abc import Collection, Sequence
from typing import Any

from bihuan.core.actor import Actor
from bihuan.matters.actions.evidence import Brought
from bihuan.petitions.actions import evidence as petition_actions
from bihuan.petitions.queries import called
from bihuan.petitions.queries import proofs as petition_proofs
from bihuan.rectification.actions import evidence as actions
from bihuan.rectification.queries import proofs

PETITION = "petition"


def subject_of(by: Actor, code: str) -> Any:
    """The problem, measure or petition with this code, where it is in this actor's scope, else None."""
    return proofs.subject_of(by, code) or called.petition(by, code)


def is_petition(subject: Any) -> bool:
    """Whether it is a petition: without a check-list, and what is said of its files is masked."""
    return bool(subject.matter.kind == PETITION)


def files_of(subject: Any) -> Any:
    """The files on it that hold."""
    return _queries(subject).files_of(subject)


def every_file_of(subject: Any) -> Any:
    """Every file on it; void ones, too, which stay readable."""
    return _queries(subject).every_file_of(subject)


def may_add(subject: Any, by: Actor) -> bool:
    """Whether this actor may bring evidence."""
    may: bool = _queries(subject).may_add(subject, by)
    return may


def own_of(subject: Any, files: Collection[Any], by: Actor) -> frozenset[int]:
    """Of these files those (ids) that may be paired or declared void here; of a petition it depends on who asks."""
    return petition_proofs.own_of(files, subject, by) if is_petition(subject) else proofs.own_of(files, subject)


def _queries(subject: Any) -> Any:
    return petition_proofs if is_petition(subject) else proofs


def add(subject: Any, brought: Sequence[Brought], **deed: Any) -> Any:
    """Put files on it: all of them or none."""
    return _actions(subject).add_evidence(subject, brought, **deed)


def pair(subject: Any, after: Any, before: Any, **deed: Any) -> Any:
    """Put a picture taken afterwards beside the one that shows the same place before."""
    return _actions(subject).pair_evidence(subject, after, before, **deed)


def end(subject: Any, file: Any, **deed: Any) -> Any:
    """Declare a file void, with a reason."""
    return _actions(subject).end_evidence(subject, file, **deed)


def _actions(subject: Any) -> Any:
    return petition_actions if is_petition(subject) else actions
