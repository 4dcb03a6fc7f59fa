"""After-sale for the tests: a paid order, wherever it stands, and what is asked about it."""

from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from uuid import uuid4

import asyncpg

from jishi import after_sale, money, trade
from jishi.kernel import Market, Refused, new_id, new_public_id
from tests.after_sale.standing import STAND
from tests.conftest import opened
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import BUYER, place
from tests.trade.paying import came, start, take

STAFF = 900
STOCK = 10
UNITS = 3
PRICE_FEN = price_of(1)


class Scene(NamedTuple):
    """A market with one order of three units, paid."""

    market: Market
    owner: asyncpg.Connection
    book: int
    order_id: int

    async def stands(self, state: str) -> None:
        """Let the order stand in a state, as if it had been sent."""
        await self.owner.execute(STAND, self.book, self.order_id, state)

    async def case(self, kind: str = "refund_only", quantity: int = 1, **other: object) -> int:
        """Open a case and give its id."""
        asked = wish(self, kind, quantity, **other)
        answer = await self.market.ask(asked)
        assert isinstance(answer, after_sale.CaseOpened), answer
        return answer.subject_id

    async def log(self, case_id: int) -> list[tuple[str, str, str]]:
        """Read who did what, and where that led."""
        rows = await self.owner.fetch(
            "select doer, deed, state from after_sale.steps"
            " where book = $1 and case_id = $2 order by number",
            self.book, case_id,
        )  # fmt: skip
        return [tuple(row) for row in rows]

    async def state(self, case_id: int) -> str:
        """Read where a case stands."""
        found: str = await self.owner.fetchval(
            "select state from after_sale.cases where book = $1 and case_id = $2",
            self.book, case_id,
        )  # fmt: skip
        return found

    async def is_refused(self, request: object, reason: str) -> bool:
        """Ask, and tell whether it was refused for this reason and nothing was written."""
        before = await self.owner.fetchval("select count(*) from after_sale.steps")
        answer = await self.market.ask(request)  # type: ignore[arg-type]  # any request
        after = await self.owner.fetchval("select count(*) from after_sale.steps")
        return isinstance(answer, Refused) and answer.reason == reason and before == after

    async def held(self, kind: str, sku: int = 1) -> int:
        """Read what an account of the first store holds of a SKU."""
        found: int | None = await self.owner.fetchval(
            "select balance from ledger.accounts"
            " where book = $1 and kind = $2 and unit = $3 and holder = 1",
            self.book, kind, sku_of(self.book, sku),
        )  # fmt: skip
        return found or 0

    async def refunds(self, case_id: int) -> list[tuple[int, int, str]]:
        """Read the refunds of a case: id, fen, state."""
        rows = await self.owner.fetch(
            "select refund_id, amount_fen, state from money.refunds"
            " where book = $1 and cause_id = $2 and reason = 'after_sale' order by refund_id",
            self.book, case_id,
        )  # fmt: skip
        return [tuple(row) for row in rows]

    async def is_over(self, case_id: int) -> None:
        """Let a case's time be over."""
        await self.owner.execute(
            "update after_sale.cases set act_until = now() - interval '1 second'"
            " where book = $1 and case_id = $2",
            self.book, case_id,
        )  # fmt: skip


def wish(
    scene: Scene, kind: str = "refund_only", quantity: int = 1, **other: object
) -> after_sale.OpenCase:
    """Ask for a case, for a reason that the seller is to blame for."""
    given = {
        "key": uuid4(), "book": scene.book, "actor_id": BUYER, "case_id": new_id(),
        "public_id": new_public_id(), "order_id": scene.order_id, "position": 1,
        "quantity": quantity, "kind": kind, "reason": "agreed", "story": "", "wanted_fen": 0,
    }  # fmt: skip
    return after_sale.OpenCase(**(given | other))  # type: ignore[arg-type]  # named above


@asynccontextmanager
async def paid(
    database_url: str, owner_url: str, state: str = "paid", stock: int = STOCK
) -> AsyncIterator[Scene]:
    """Lend a market with an order of three that is paid, and stands in a state."""
    book = new_id() >> 20
    await seed_shops(owner_url, book, stock=stock)
    owner = await asyncpg.connect(owner_url)
    try:
        async with opened(database_url) as market:
            scene = Scene(market, owner, book, await pay(market, book))
            if state != "paid":
                await scene.stands(state)
            yield scene
    finally:
        await owner.close()


async def pay(market: Market, book: int) -> int:
    """Place an order of three, pay it, and give its id."""
    asked = place(book, (sku_of(book, 1), UNITS, PRICE_FEN))
    assert isinstance(await market.ask(asked), trade.OrderPlaced)
    begun = await market.ask(start(book, asked.order_id))
    assert isinstance(begun, trade.PaymentStarted)
    number = f"42{asked.order_id}"
    taken = await market.ask(take(book, came(begun, transaction_id=number)))
    assert isinstance(taken, trade.PaymentTaken)
    assert taken.trouble == ""
    return asked.order_id


def withdraw(scene: Scene, case_id: int, buyer: int = BUYER) -> after_sale.WithdrawCase:
    """Ask to withdraw."""
    return after_sale.WithdrawCase(key=uuid4(), book=scene.book, actor_id=buyer, case_id=case_id)


def agree(scene: Scene, case_id: int, note: str = "") -> after_sale.AgreeCase:
    """Let the seller agree."""
    return after_sale.AgreeCase(
        key=uuid4(), book=scene.book, actor_id=STAFF, case_id=case_id, note=note
    )


def refuse(scene: Scene, case_id: int, note: str = "用过了") -> after_sale.RefuseCase:
    """Let the seller refuse."""
    return after_sale.RefuseCase(
        key=uuid4(), book=scene.book, actor_id=STAFF, case_id=case_id, note=note
    )


def change(scene: Scene, case_id: int, buyer: int = BUYER, kind: str = "refund_only",
           reason: str = "agreed", wanted_fen: int = 0) -> after_sale.ChangeCase:  # fmt: skip
    """Ask anew."""
    return after_sale.ChangeCase(
        key=uuid4(), book=scene.book, actor_id=buyer, case_id=case_id, kind=kind,
        reason=reason, story="再看看", wanted_fen=wanted_fen,
    )  # fmt: skip


def send_back(
    scene: Scene, case_id: int, buyer: int = BUYER, carrier: str = "顺丰", number: str = "SF1"
) -> after_sale.SendBack:
    """Tell of the parcel."""
    return after_sale.SendBack(
        key=uuid4(), book=scene.book, actor_id=buyer, case_id=case_id, carrier=carrier,
        tracking_number=number,
    )  # fmt: skip


def receive(scene: Scene, case_id: int, good: int = 1, damaged: int = 0) -> after_sale.ReceiveGoods:
    """Count what came."""
    return after_sale.ReceiveGoods(
        key=uuid4(), book=scene.book, actor_id=STAFF, case_id=case_id, good=good,
        damaged=damaged, note="",
    )  # fmt: skip


def refuse_goods(scene: Scene, case_id: int, note: str = "空包裹") -> after_sale.RefuseGoods:
    """Refuse what came."""
    return after_sale.RefuseGoods(
        key=uuid4(), book=scene.book, actor_id=STAFF, case_id=case_id, note=note
    )


def escalate(
    scene: Scene, case_id: int, doer: str = "buyer", actor: int = BUYER
) -> after_sale.EscalateCase:
    """Ask the market to decide."""
    return after_sale.EscalateCase(
        key=uuid4(), book=scene.book, actor_id=actor, case_id=case_id, doer=doer, note=""
    )


def judge(
    scene: Scene, case_id: int, verdict: str = "refunding", fen: int = 100, note: str = "照片清楚"
) -> after_sale.JudgeCase:
    """Decide."""
    return after_sale.JudgeCase(
        key=uuid4(), book=scene.book, actor_id=STAFF, case_id=case_id, verdict=verdict,
        refund_fen=fen, note=note,
    )  # fmt: skip


def lapse(scene: Scene, case_id: int) -> after_sale.LapseCase:
    """Let the clock ask."""
    return after_sale.LapseCase(key=uuid4(), book=scene.book, actor_id=0, case_id=case_id)


def replace(scene: Scene, case_id: int, number: str = "SF2") -> after_sale.SendReplacement:
    """Send other goods."""
    return after_sale.SendReplacement(
        key=uuid4(), book=scene.book, actor_id=STAFF, case_id=case_id, carrier="顺丰",
        tracking_number=number,
    )  # fmt: skip


def end_exchange(
    scene: Scene, case_id: int, doer: str = "buyer", actor: int = BUYER
) -> after_sale.EndExchange:
    """End an exchange."""
    return after_sale.EndExchange(
        key=uuid4(), book=scene.book, actor_id=actor, case_id=case_id, doer=doer
    )


async def on_its_way(scene: Scene, kind: str, quantity: int = 1) -> int:
    """Lead a case so far that its goods are on their way back."""
    case_id = await scene.case(kind, quantity)
    assert isinstance(await scene.market.ask(agree(scene, case_id)), after_sale.CaseAgreed)
    assert isinstance(await scene.market.ask(send_back(scene, case_id)), after_sale.SentBack)
    return case_id


async def refunding(scene: Scene, quantity: int = 1) -> int:
    """Lead a case so far that its money was asked back."""
    case_id = await scene.case(quantity=quantity)
    answer = await scene.market.ask(agree(scene, case_id), wait=5)
    assert isinstance(answer, after_sale.CaseAgreed)
    return case_id


async def end(scene: Scene, case_id: int, outcome: str) -> None:
    """Let WeChat tell how the last refund of a case ended; what follows is done."""
    refund_id = (await scene.refunds(case_id))[-1][0]
    told = money.RecordRefund(
        key=uuid4(), book=scene.book, actor_id=0, refund_id=refund_id, outcome=outcome
    )
    assert isinstance(await scene.market.ask(told, wait=5), money.RefundEnded)


def retry(scene: Scene, case_id: int) -> after_sale.RetryRefund:
    """Let the operator retry."""
    return after_sale.RetryRefund(key=uuid4(), book=scene.book, actor_id=STAFF, case_id=case_id)


def follow(scene: Scene, case_id: int, outcome: str) -> after_sale.FollowRefund:
    """Lead a case on after its refund."""
    return after_sale.FollowRefund(
        key=uuid4(), book=scene.book, actor_id=0, case_id=case_id, outcome=outcome
    )


def close(scene: Scene, order_id: int) -> after_sale.CloseRefunded:
    """Close the order if all of it is refunded."""
    return after_sale.CloseRefunded(key=uuid4(), book=scene.book, actor_id=0, order_id=order_id)


def photograph(
    scene: Scene, case_id: int, data: bytes, actor: int = BUYER, sender: str = "buyer"
) -> after_sale.ShowPhotograph:
    """Show a photograph."""
    return after_sale.ShowPhotograph(
        key=uuid4(), book=scene.book, actor_id=actor, case_id=case_id, sender=sender,
        renditions=(b64encode(data).decode(),),
    )  # fmt: skip


def complete(scene: Scene, order_id: int) -> after_sale.CompleteOrder:
    """Ask an order to be completed."""
    return after_sale.CompleteOrder(key=uuid4(), book=scene.book, actor_id=0, order_id=order_id)
