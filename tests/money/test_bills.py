"""Bills of the WeChat that runs here are compared with what was paid: all found, none invented."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from jishi import money
from jishi.money import reconcile_rules, settle_rules
from jishi.money.bills import fund_bill, trade_bill
from jishi.money.flow_rules import Flow, flow_differences
from jishi.money.reconcile_rules import BEIJING, BillLine, Ours
from jishi.sandbox.keys import PUBLIC_KEY_ID
from tests.ports.wechat.pay import conftest
from tests.ports.wechat.pay.shop import Shop, Work
from tests.ports.wechat.pay.test_bills_against_the_sandbox import day_over
from tests.sandbox.scene import BASE

street, visit = conftest.street, conftest.visit
Visit = Callable[[Work], None]


def open_gateway(shop: Shop) -> None:
    """Let the market be paid as the shop's third merchant."""
    merchant = shop.scene.merchants[2]

    async def read() -> money.PaySettings:
        return money.PaySettings(
            base_urls=(BASE,), appid=shop.appid, mchid=merchant.mchid, serial=merchant.serial,
            private_pem=merchant.private_pem, apiv3_key=merchant.apiv3_key,
            public_key_id=PUBLIC_KEY_ID, public_key_pem=shop.scene.world.keys.public_pem(),
            notify_url="http://shop.test/notices",
        )  # fmt: skip

    money.gateway.open(read, transport=shop.transport(BASE))


def shut_gateway() -> None:
    """Forget the shop; its line to the sandbox is everybody's and stays open."""
    money.gateway.read = money.gateway.settings = money.gateway.merchant = None
    money.gateway.transport = None


async def bill_of(shop: Shop, day: date) -> list[BillLine]:
    """Fetch a day's bill through the gateway."""
    open_gateway(shop)
    try:
        return await trade_bill(day)
    finally:
        shut_gateway()


async def flows_of(shop: Shop, day: date) -> list[Flow]:
    """Fetch what moved on a day through the gateway."""
    open_gateway(shop)
    try:
        return await fund_bill(day) or []
    finally:
        shut_gateway()


async def day_of_three(shop: Shop) -> tuple[date, reconcile_rules.Known]:
    """Let three payments be made on a day of their own; give the day and what we have of it."""
    await day_over(shop)
    numbers = [(await shop.paid(shop.third))[0] for _ in range(3)]
    day = await day_over(shop)
    noon = datetime.combine(day, time(12), BEIJING).astimezone(UTC)
    fee_fen = settle_rules.part_fen(1_299, settle_rules.WECHAT_BPS)
    return day, {
        ("payment", each): Ours(
            kind="payment",
            out_number=each,
            amount_fen=1_299,
            fee_fen=fee_fen,
            is_done=True,
            taken_at=noon,
        )
        for each in numbers
    }


def test_a_true_bill_differs_in_nothing_and_an_empty_day_has_no_line(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        day, ours = await day_of_three(shop)
        lines = await bill_of(shop, day)
        assert sorted((line.kind, line.out_number) for line in lines) == sorted(ours)
        assert reconcile_rules.differences(day, lines, ours) == []
        nothing = await day_over(shop)
        assert await bill_of(shop, nothing) == []

    visit(work)


@pytest.mark.parametrize(
    ("how", "kind", "ours_fen", "theirs_fen"),
    [
        ("differs", "amount", 1_299, 1_300),
        ("missing", "only_ours", 1_299, None),
        ("double", "twice", 1_299, 1_299),
    ],
)
def test_a_mistaken_bill_differs_in_exactly_its_mistake(
    visit: Visit, how: str, kind: str, ours_fen: int, theirs_fen: int | None
) -> None:
    async def work(shop: Shop) -> None:
        day, ours = await day_of_three(shop)
        await shop.scene.arm("bill_mismatch", settings={"how": how})
        found = reconcile_rules.differences(day, await bill_of(shop, day), ours)
        assert [(each.kind, each.ours_fen, each.theirs_fen) for each in found] == [
            (kind, ours_fen, theirs_fen)
        ]

    visit(work)


def test_a_refund_made_in_the_console_is_theirs_alone(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        await day_over(shop)
        _, paid = await shop.paid(shop.third)
        made = await shop.scene.control(
            "POST",
            "/sandbox/console-refunds",
            {"mchid": shop.third.mchid, "transaction_id": paid.transaction_id, "refund_fen": 299},
        )
        lines = await bill_of(shop, await day_over(shop))
        refund = next(line for line in lines if line.kind == "refund")
        assert (refund.out_number, refund.amount_fen) == (made["out_refund_no"], 299)
        found = reconcile_rules.differences(date(2026, 1, 1), [refund], {})
        assert [(each.kind, each.theirs_fen) for each in found] == [("only_theirs", 299)]

    visit(work)


def test_both_bills_of_a_true_day_agree_refunds_and_fees_too(visit: Visit) -> None:
    async def work(shop: Shop) -> None:
        await day_over(shop)
        _, paid = await shop.paid(shop.third)
        for fen in (299, 400):
            refund = {
                "mchid": shop.third.mchid, "transaction_id": paid.transaction_id, "refund_fen": fen,
            }  # fmt: skip
            await shop.scene.control("POST", "/sandbox/console-refunds", refund)
            await shop.scene.advance(600)
        day = await day_over(shop)
        lines, flows = await bill_of(shop, day), await flows_of(shop, day)
        assert sorted(each.kind for each in lines) == ["payment", "refund", "refund"]
        assert sorted(each.kind for each in flows) == ["fee", "payment", "refund", "refund"]
        assert flow_differences(lines, flows) == []

    visit(work)


@pytest.mark.parametrize(
    ("how", "kinds"),
    [
        ("differs", {"flow_amount", "flow_fee"}),
        ("missing", {"flow_missing", "flow_fee"}),
        ("double", {"flow_twice"}),
    ],
)
def test_a_mistaken_fund_bill_differs_in_its_mistake(
    visit: Visit, how: str, kinds: set[str]
) -> None:
    async def work(shop: Shop) -> None:
        day, _ = await day_of_three(shop)
        lines = await bill_of(shop, day)
        await shop.scene.arm("bill_mismatch", settings={"how": how})
        found = flow_differences(lines, await flows_of(shop, day))
        assert len(found) == 1
        assert found[0].kind in kinds

    visit(work)
