"""The drills of docs/house.md, done: a new column and a new step are one row each, and everything else follows."""

from dataclasses import replace
from datetime import date

from django.http import QueryDict

from bihuan.lib.flow import Flow, Move
from bihuan.lib.ledger import Column, view_of
from bihuan.management import documents
from bihuan.organisation.rules.duties import Capacity
from bihuan.rectification.ledger import PROBLEMS
from bihuan.rectification.rules.measure import MEASURE
from bihuan.web import drawing
from tests.fine import fine


def test_a_column_is_one_row() -> None:
    column = Column("remarked", "加注", lambda row, _: row, sort="remark", lookup="remark", width=10)
    ledger = replace(PROBLEMS, columns=(*PROBLEMS.columns, column))
    view = view_of(ledger, QueryDict("remarked=水&column=remarked"))

    head = drawing._head(column, view, "/ledgers/problems/")
    chooser = drawing._chooser(view)

    assert [one.label for one in view.columns] == ["加注"]
    assert [chosen.words for chosen in view.filters] == ["“水”"]
    assert head.sort_url.endswith("sort=remarked")
    assert ("remarked", "加注", True) in chooser.options
    assert column.value("原话", date(2022, 7, 4)) == "原话"


def test_a_step_is_one_row() -> None:
    pause = Move("pause", "暂停", ("under_way",), "not_started", frozenset({Capacity.LEAD}), note_required=True)
    flow = Flow(MEASURE.name, MEASURE.initial, MEASURE.states, (*MEASURE.moves, pause), MEASURE.final)

    offered = flow.offers("under_way", {Capacity.LEAD}, fine())

    assert [(offer.label, offer.note_required) for offer in offered] == [("转长期坚持", False), ("暂停", True)]
    assert any("暂停 `pause`" in line for line in documents._table(flow))
