"""The table of an order's steps: drawn in the documents as it is."""

import re

from jishi.trade import rules
from tests.house.checks.tree import ROOT


def test_the_document_shows_the_table_as_it_is() -> None:
    text = (ROOT / "docs" / "algorithms" / "orders.md").read_text("utf-8")
    found = re.search(r"```mermaid\n(.*?)\n```", text, re.DOTALL)
    assert found is not None
    assert found.group(1) == rules.drawn()


def test_every_state_is_reached_and_only_what_is_over_is_not_left() -> None:
    left, reached = ({pair[n] for pair in rules.TRANSITIONS} for n in (0, 1))
    assert left - reached == {"awaiting_payment"}
    assert reached - left == {"completed"}
