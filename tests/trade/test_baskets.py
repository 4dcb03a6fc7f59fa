"""Baskets: what stands in the way of a line, and what a shop's part comes to."""

import msgspec
import pytest

from jishi.trade import CartLine, Destination
from jishi.trade.baskets import lines_of, parts_of
from jishi.trade.freight_rules import Freight
from jishi.trade.views import Offer
from tests.trade.freights import flat, unserved
from tests.trade.orders import HOME

TEA = Offer(
    of_book=5, shop="tea", shop_name="茶铺", shop_name_en="", sku_id=1, product="p", title="龙井",
    title_en="", options=[], options_en=[], price_fen=4_400, weight_grams=0, is_live=True,
    needs_confirmation=False, free=3,
    picture=None,
)  # fmt: skip
CUP = msgspec.structs.replace(TEA, of_book=6, sku_id=2, price_fen=1_000)
FREIGHT = Freight("piece", [flat(800, 10_000), unserved("65")])
STORE = Destination("pickup", store_id=1)


@pytest.mark.parametrize(
    ("changed", "quantity", "trouble"),
    [({}, 3, ""), ({}, 4, "too_few"), ({"free": 0}, 1, "sold_out"),
     ({"is_live": False, "free": 0}, 1, "not_for_sale")],
)  # fmt: skip
def test_a_line_says_why_it_cannot_be_ordered(
    changed: dict[str, object], quantity: int, trouble: str
) -> None:
    offer = msgspec.structs.replace(TEA, **changed)
    [line] = lines_of([CartLine(5, 1, quantity, 1), CartLine(5, 99, 1, 1)], [offer])
    assert (line.trouble, line.is_wanted) == (trouble, not trouble)


def test_each_shop_has_its_part_and_its_hint() -> None:
    lines = lines_of([CartLine(5, 1, 2, 1), CartLine(6, 2, 1, 1)], [TEA, CUP])
    tea, cup = parts_of(lines, {5: FREIGHT}, {})
    assert (tea.quote.total_fen, tea.quote.freight_fen) == (8_800, 0)
    assert (tea.missing_for_free_fen, tea.is_delivered) == (1_200, False)
    assert (cup.quote.total_fen, cup.missing_for_free_fen) == (1_000, 0)


def test_a_known_destination_is_priced_with_its_freight() -> None:
    lines = lines_of([CartLine(5, 1, 2, 1)], [TEA])
    [part] = parts_of(lines, {5: FREIGHT}, {5: HOME})
    assert (part.quote.total_fen, part.is_delivered) == (9_600, True)
    [part] = parts_of(lines, {5: FREIGHT}, {5: STORE})
    assert (part.quote.total_fen, part.missing_for_free_fen) == (8_800, 0)
    away = Destination("parcel", address_id=1, division="650102")
    [part] = parts_of(lines, {5: FREIGHT}, {5: away})
    assert (part.quote.total_fen, part.is_delivered) == (8_800, False)


def test_what_is_not_chosen_costs_nothing_and_lacks_nothing() -> None:
    lines = lines_of([CartLine(5, 1, 2, 1, is_chosen=False)], [TEA])
    [part] = parts_of(lines, {5: FREIGHT}, {5: HOME})
    assert (part.quote.goods_fen, part.missing_for_free_fen) == (0, 0)
