"""The table of steps: whole, drawn in the documents, and without a way round it."""

import re
from itertools import product

import pytest

from jishi.after_sale import rules
from tests.house.checks.tree import ROOT

STATES = {state for step in rules.TRANSITIONS for state in step}
DOERS = ("buyer", "seller", "operator", "clock", "money")


def test_every_step_is_taken_by_exactly_whom_the_table_names() -> None:
    for state, to, doer in product(STATES | {"", "paid"}, STATES | {"", "paid"}, (*DOERS, "")):
        expected = doer in rules.TRANSITIONS.get((state, to), ())
        assert rules.may_step(state, to, doer) == expected
    assert len(rules.TRANSITIONS) == 24
    assert {doer for doers in rules.TRANSITIONS.values() for doer in doers} == set(DOERS)


def test_nothing_leaves_what_is_over_and_everything_can_come_to_its_end() -> None:
    assert STATES - {state for state, _ in rules.TRANSITIONS} == rules.FINAL
    reached = set(rules.FINAL)
    for _ in STATES:
        reached |= {state for state, to in rules.TRANSITIONS if to in reached}
    assert reached == STATES
    begun = {rules.FIRST}
    for _ in STATES:
        begun |= {to for state, to in rules.TRANSITIONS if state in begun}
    assert begun == STATES


def test_money_is_returned_only_by_way_of_a_refund_that_succeeded() -> None:
    to_done = {state for state, to in rules.TRANSITIONS if to == "done"}
    assert to_done == {"refunding", "refund_stuck", "exchange_shipping"}
    assert rules.TRANSITIONS["refunding", "done"] == ("money",)
    assert rules.TRANSITIONS["refund_stuck", "done"] == ("money",)


@pytest.mark.parametrize("kind", rules.KINDS)
def test_where_somebody_is_waited_for_the_clock_leads_on(kind: str) -> None:
    for state, is_replaced in product(rules.WAITS, (False, True)):
        to = rules.once_waited(state, kind, is_replaced=is_replaced)
        assert rules.may_step(state, to, "clock"), (state, to)
    by_clock = {state for (state, _), by in rules.TRANSITIONS.items() if "clock" in by}
    assert by_clock == set(rules.WAITS)


def test_the_silent_seller_agreed_and_the_silent_buyer_let_it_go() -> None:
    def waited(state: str, kind: str) -> str:
        return rules.once_waited(state, kind, is_replaced=False)

    assert waited("seller_review", "refund_only") == "refunding"
    assert waited("seller_review", "return_and_refund") == "buyer_to_return"
    assert waited("seller_review", "exchange") == "buyer_to_return"
    assert waited("seller_to_receive", "return_and_refund") == "refunding"
    assert waited("buyer_to_return", "return_and_refund") == "closed"
    assert waited("seller_rejected", "refund_only") == "closed"
    assert waited("seller_refused_goods", "exchange") == "closed"
    assert waited("exchange_shipping", "exchange") == "refunding"
    assert rules.once_waited("exchange_shipping", "exchange", is_replaced=True) == "done"


def test_the_clocks_are_those_that_shoppers_know() -> None:
    hours = {state: wait.total_seconds() / 3_600 for state, wait in rules.WAITS.items()}
    assert hours == {
        "seller_review": 48, "seller_rejected": 168, "buyer_to_return": 168,
        "seller_to_receive": 240, "seller_refused_goods": 168, "exchange_shipping": 240,
    }  # fmt: skip


def test_what_was_not_sent_cannot_be_sent_back() -> None:
    assert rules.kinds(is_shipped=False) == ("refund_only",)
    assert rules.kinds(is_shipped=True) == rules.KINDS
    assert rules.reasons("nothing", is_shipped=True) == frozenset()
    assert "not_received" not in rules.reasons("refund_only", is_shipped=False)
    assert "no_reason" in rules.reasons("return_and_refund", is_shipped=True)


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [("茶", True), ("x" * 500, True), ("x" * 501, False), ("a\x00", False), (" ", False)],
)
def test_a_text_is_kept_when_a_table_can(text: str, *, is_kept: bool) -> None:
    assert rules.is_text(text, 500) == is_kept
    assert rules.is_text("", 500, may_be_empty=True)


def test_the_document_shows_the_table_as_it_is() -> None:
    text = (ROOT / "docs" / "algorithms" / "after_sale.md").read_text("utf-8")
    found = re.search(r"```mermaid\n(.*?)\n```", text, re.DOTALL)
    assert found is not None
    assert found.group(1) == rules.drawn()
