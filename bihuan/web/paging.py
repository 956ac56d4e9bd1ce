"""Where in a long list one is, for lists that a paginator cuts."""

from typing import Any

from bihuan.web.drawing import Pager, address


def pager_of(found: Any, words: str = "", **asked: str) -> Pager | None:
    """The pager of a paginator's page; None where everything fits. `words` were searched for and stay so, as does
    whatever else was `asked`.
    """
    if found.paginator.num_pages == 1:
        return None
    kept = [*([("q", words)] if words else []), *asked.items()]
    before = address("", [*kept, ("page", str(found.previous_page_number()))]) if found.has_previous() else ""
    after = address("", [*kept, ("page", str(found.next_page_number()))]) if found.has_next() else ""
    return Pager(f"第{found.number}页，共{found.paginator.num_pages}页", before, after, "")
