"""Promises: kept on a sound market; each planted breach is found, by its name."""

import asyncio

import pytest

from jishi.kernel import verify
from tests.conftest import opened, run_as_owner
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place

BOOK = 1_000
SKU = sku_of(BOOK, 1)
OFF, ON = "set session_replication_role = replica;", "set session_replication_role = origin"
BREACHES = {
    "ledger.every_balance_is_the_sum_of_its_transfers":
        f"update ledger.accounts set balance = balance + 1 where unit = {SKU} and kind = 'shelf'",
    "ledger.every_unit_sums_to_zero":
        f"update ledger.accounts set balance = balance + 1 where unit = {SKU} and kind = 'shelf'",
    "ledger.every_transfer_has_its_event":
        f"{OFF} update ledger.transfers set number = 99 where number = 2; {ON}",
    "ledger.every_transfer_is_between_declared_accounts":
        f"{OFF} update ledger.transfers set taker_kind = 'nowhere' where number = 2; {ON}",
    "ledger.the_ledger_is_immutable":
        "alter table ledger.transfers disable trigger transfers_are_for_ever",
    "kernel.every_event_is_counted":
        f"update kernel.books set event_count = event_count + 1 where book = {BOOK}",
    "kernel.every_key_has_its_event":
        f"{OFF} delete from kernel.events where book = {BOOK} and number = 2; {ON}",
    "kernel.every_event_has_one_key":
        f"{OFF} delete from kernel.keys where book = {BOOK} and number = 2; {ON}",
    "trade.every_unit_set_aside_is_of_an_open_order":
        "update trade.orders set state = 'closed'",
    "trade.every_order_stands_where_its_last_step_led":
        "update trade.orders set state = 'closing'",
    "trade.every_order_costs_the_sum_of_its_lines":
        "update trade.orders set total_fen = total_fen + 1, goods_fen = goods_fen + 1",
    "trade.every_reservation_ends":
        "update trade.orders set pay_until = now() - interval '1 h'",
    "goods.every_sku_has_a_shelf":
        f"{OFF} delete from ledger.accounts where unit = {SKU} and kind = 'reserved'; {ON}",
}  # fmt: skip


async def ordered(url: str, owner_url: str) -> None:
    """Lay down a shop and place an order."""
    await seed_shops(owner_url, BOOK, skus=2)
    async with opened(url) as market:
        await market.ask(place(BOOK, (SKU, 1, price_of(1))))


async def broken(owner_url: str) -> dict[str, int]:
    """Give the broken promises and how many rows break each."""
    return {kept.promise: kept.broken async for kept in verify(owner_url) if kept.broken}


@pytest.mark.parametrize("promise", BREACHES)
def test_a_planted_breach_is_found(fresh_database: tuple[str, str], promise: str) -> None:
    url, owner_url = fresh_database
    asyncio.run(ordered(url, owner_url))
    assert asyncio.run(broken(owner_url)) == {}
    asyncio.run(run_as_owner(owner_url, BREACHES[promise]))
    assert promise in asyncio.run(broken(owner_url))


def test_what_was_examined_is_said(fresh_database: tuple[str, str]) -> None:
    url, owner_url = fresh_database

    async def examined() -> dict[str, int]:
        return {kept.promise: kept.examined async for kept in verify(owner_url)}

    before = asyncio.run(examined())
    assert before["trade.every_order_costs_the_sum_of_its_lines"] == 0
    asyncio.run(ordered(url, owner_url))
    after = asyncio.run(examined())
    assert after["trade.every_order_costs_the_sum_of_its_lines"] == 1
    assert len(after) >= 18
    assert all(after[promise] > 0 for promise in BREACHES)


def test_what_is_named_is_checked_and_must_be_there(
    fresh_database: tuple[str, str],
) -> None:
    async def checked(*only: str) -> list[str]:
        return [kept.promise async for kept in verify(fresh_database[1], only)]

    found = asyncio.run(checked("trade.every_order_costs", "ledger."))
    assert "trade.every_order_costs_the_sum_of_its_lines" in found
    assert len(found) > 1
    assert all(each.startswith(("trade.every_order_costs", "ledger.")) for each in found)
    with pytest.raises(KeyError, match="nothing"):
        asyncio.run(checked("ledger.", "nothing."))
