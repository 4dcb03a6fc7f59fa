"""Whatever is asked and whatever goes wrong, the shop and WeChat agree in the end, to the fen."""

import asyncio
import random
import subprocess
from typing import Any

import pytest

from jishi.ports.wechat.failures import AnsweredWithError, WechatFailure
from jishi.ports.wechat.pay import orders, prepay, refunds
from jishi.ports.wechat.transport import Means, Transport
from tests.conftest import IS_SOAK
from tests.ports.wechat.pay.shop import Server, Shop, number
from tests.sandbox.scene import a_sandbox

STEPS = 400 if IS_SOAK else 40
SEEDS = 25 if IS_SOAK else 3
FAULTS = ("rate_limited", "system_error", "dropped", "bad_signature", "refund_abnormal")
PERCENT = 12


class Belief:
    """What the shop knows of an order: sure of a state, or (after a lost answer) of several."""

    def __init__(self, fen: int) -> None:
        self.fen, self.states = fen, {"none", "NOTPAY"}
        self.refunds: dict[str, tuple[int, set[str]]] = {}


class Keeper:
    """A shop that does what its luck says, and writes down only what it may believe."""

    def __init__(self, shop: "Quick", luck: random.Random) -> None:
        self.shop, self.luck = shop, luck
        self.orders: dict[str, Belief] = {}
        self.prepaid: dict[str, str] = {}

    async def step(self) -> None:
        """Do one thing."""
        deeds = [self.order, self.order, self.pay, self.pay, self.refund, self.refund, self.close,
                 self.pass_time]  # fmt: skip
        await self.luck.choice(deeds)()

    def any_of(self, names: Any) -> str:
        """Give one of the names, or nothing."""
        known = sorted(names)
        return self.luck.choice(known) if known else ""

    async def order(self) -> None:
        """Prepay a new order, or an old one again with the same words."""
        fen = self.luck.randint(1, 9_999)
        order = self.shop.order(amount=prepay.OrderAmount(total_fen=fen))
        belief = self.orders[order.out_trade_no] = Belief(fen)
        try:
            made = await prepay.prepay_jsapi(self.shop.merchant, order)
        except WechatFailure as failure:
            if failure.is_certain:
                belief.states = {"none"}
            return
        belief.states = {"NOTPAY"}
        self.prepaid[order.out_trade_no] = made.prepay_id

    async def pay(self) -> None:
        """Have somebody pay; the shop is told nothing of it here."""
        if name := self.any_of(self.prepaid):
            answer = {"prepay_id": self.prepaid[name]}
            done = await self.shop.scene.control("POST", "/sandbox/payments", answer)
            if done["is_paid"]:
                self.orders[name].states = {"SUCCESS"}

    async def close(self) -> None:
        """Close an order."""
        name = self.any_of(self.orders)
        if not name:
            return
        belief = self.orders[name]
        try:
            await orders.close_order(self.shop.merchant, name)
        except WechatFailure as failure:
            if not failure.is_certain and belief.states & {"NOTPAY", "none"}:
                belief.states = belief.states | {"CLOSED"}
            return
        belief.states = {"CLOSED"}

    async def refund(self) -> None:
        """Refund a part, which may be too much."""
        name = self.any_of(self.orders)
        if not name:
            return
        belief, out_refund_no = self.orders[name], number()
        fen = self.luck.randint(1, belief.fen)
        asked = refunds.RefundOrder(
            out_trade_no=name, out_refund_no=out_refund_no,
            amount=refunds.RefundAsked(refund_fen=fen, total_fen=belief.fen, currency="CNY"),
        )  # fmt: skip
        try:
            await refunds.refund(self.shop.merchant, asked)
        except WechatFailure as failure:
            states = {"none"} if failure.is_certain else {"none", "made"}
            belief.refunds[out_refund_no] = (fen, states)
            return
        belief.refunds[out_refund_no] = (fen, {"made"})

    async def pass_time(self) -> None:
        """Let some seconds pass."""
        await self.shop.scene.advance(self.luck.choice([1, 5, 60]))

    async def compare(self) -> None:
        """See that WeChat has nothing that the shop may not believe, and that the sums agree."""
        for name, belief in self.orders.items():
            found = await self.look(name)
            back = 0
            for out_refund_no, (fen, states) in belief.refunds.items():
                made = await self.look_refund(out_refund_no)
                assert ("made" if made else "none") in states, (out_refund_no, states)
                if made is not None:
                    assert made.amount.refund_fen == fen
                    back += fen
            state = found.trade_state if found else "none"
            states = {"REFUND"} if back else belief.states
            assert state in states, (name, state, states)
            assert back <= belief.fen
            assert await self.shop.scene_refunded(name) == back

    async def look(self, name: str) -> orders.Transaction | None:
        """Ask for an order; none when there is none."""
        try:
            return await orders.query_order(self.shop.merchant, name)
        except AnsweredWithError as failure:
            if failure.error.code != "ORDER_NOT_EXIST":
                raise
            return None

    async def look_refund(self, name: str) -> refunds.Refund | None:
        """Ask for a refund; none when there is none."""
        try:
            return await refunds.query_refund(self.shop.merchant, name)
        except AnsweredWithError as failure:
            if failure.error.code != "RESOURCE_NOT_EXISTS":
                raise
            return None


class Quick(Shop):
    """A shop whose client does not sleep between its tries."""

    def transport(self, base_url: str) -> Transport:
        """Give a transport without pauses."""
        return Transport([base_url], client=self.scene.http, means=Means(sleep=no_sleep))

    async def scene_refunded(self, out_trade_no: str) -> int:
        """Give what the sandbox has given back of an order, in fen."""
        async with self.scene.world.transaction() as tx:
            found = await tx.connection.fetchval(
                "select refunded_fen from sandbox.orders where out_trade_no = $1", out_trade_no
            )
        return int(found or 0)


async def no_sleep(_seconds: float) -> None:
    """Sleep not at all."""


def commit() -> str:
    """Name the commit, so that a failure can be had again."""
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return said.stdout.strip()


@pytest.mark.parametrize("number_of_seed", range(SEEDS))
def test_shop_and_sandbox_agree_through_faults(
    fresh_database: tuple[str, str], number_of_seed: int
) -> None:
    seed = random.randrange(2**32) + number_of_seed

    async def main() -> None:
        luck, server = random.Random(seed), Server()
        async with a_sandbox(fresh_database[0], receiver=server, seed=seed) as scene:
            keeper = Keeper(Quick(scene, server), luck)
            for fault in FAULTS:
                await scene.arm(fault, times=None, percent=PERCENT)
            for _ in range(STEPS // 8):
                await keeper.order()
            for _ in range(STEPS):
                await keeper.step()
            await scene.control("DELETE", "/sandbox/faults")
            await scene.advance(60)
            await keeper.compare()
            assert len(keeper.orders) >= STEPS // 8

    try:
        asyncio.run(main())
    except BaseException:
        print(f"seed {seed}, commit {commit()}")
        raise
