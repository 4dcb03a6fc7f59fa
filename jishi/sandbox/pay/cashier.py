"""The cashier: what a payer sees, and the payment itself, decided under the order's lock.

Sources: WeChat Pay v3, "Combined payment: questions and answers" (all or nothing, whose openid);
the words are those that a phone shows.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.pay import links, receipts, rules
from jishi.sandbox.pay.types import Order
from jishi.sandbox.world import World

WRONG_MAX = 3
LOCKED = timedelta(minutes=10)
"""After so many wrong passwords nothing is asked for so long."""

KINDS = {"JSAPI": "jsapi", "NATIVE": "native", "MWEB": "h5", "APP": "app"}
CNY = "CNY"


class Line(Struct, frozen=True):
    """One order of a bill: to whom, for what, how much (in fen, CNY)."""

    payee: str
    description: str
    total_fen: int


class Bill(Struct, frozen=True):
    """What the cashier shows; `openid` is who is to pay, empty for anybody."""

    prepay_id: str
    kind: str
    mchid: str
    appid: str
    payee: str
    description: str
    total_fen: int
    currency: str
    openid: str
    state: str
    expires_at: datetime
    sub_orders: list[Line]


class ShownOrder(Struct, frozen=True):
    """An order of a bill, with the name of its merchant and the number of who combined it."""

    mchid: str
    payee: str
    combiner: str | None
    combiner_name: str | None
    appid: str
    trade_type: str
    description: str
    total_fen: int
    openid: str
    usable_until: datetime
    expires_at: datetime
    closed_at: datetime | None
    paid_at: datetime | None
    refunded_fen: int


class Payable(Order, frozen=True):
    """An order that somebody wants to pay; `payer_name` is their openid in its account."""

    payer_id: int | None
    payer_name: str | None
    pay_password: str | None
    wrong: int | None
    locked_until: datetime | None


class Counted(Struct, frozen=True):
    """How many orders were paid."""

    paid: int | None


class Paid(Struct, frozen=True):
    """It is paid: the numbers of the payments, one for each order."""

    prepay_id: str
    transaction_ids: list[str]
    paid_at: datetime
    is_paid: bool = True


class Declined(Struct, frozen=True):
    """It is not paid; `reason` is for programs and `words` are for the payer."""

    reason: str
    words: str
    is_paid: bool = False


class Wish(Struct, frozen=True):
    """Who wants to pay what; without a password the right one is typed."""

    prepay_id: str
    person_id: int | None = None
    openid: str = ""
    password: str | None = None


sql = queries(__file__)
shown_orders = sql.many("shown_orders", ShownOrder)
locked_bill = sql.many("locked_bill", Order)
bill_to_pay = sql.many("bill_to_pay", Payable)
take = sql.one("take", Counted)
mark_try = sql.run("mark_try")
count_wrong = sql.run("count_wrong")
forget_wrong = sql.run("forget_wrong")
UNKNOWN = Declined("unknown_bill", "支付场景非法")
UNKNOWN_PAYER = Declined("unknown_payer", "找不到付款人")
NOT_YOURS = Declined("not_yours", "下单账号与支付账号不一致，请核实后再支付")
LOCKED_OUT = Declined("password_locked", "支付密码输入错误过多，账户已被锁定，请10分钟后再试")
TOO_LITTLE = Declined("too_little", "零钱余额不足")


async def show(tx: Tx, prepay_id: str) -> Bill | None:
    """Show what is to be paid; none when nothing is known by this prepay_id."""
    orders = await shown_orders(tx, prepay_id=prepay_id)
    if not orders:
        return None
    first = orders[0]
    return Bill(
        prepay_id=prepay_id,
        kind="combine" if first.combiner else KINDS[first.trade_type],
        mchid=first.combiner or first.mchid,
        appid=first.appid,
        payee=first.combiner_name or first.payee,
        description=first.description,
        total_fen=sum(order.total_fen for order in orders),
        currency=CNY,
        openid=first.openid,
        state=_state(first, tx.now),
        expires_at=min(first.usable_until, first.expires_at),
        sub_orders=[Line(order.payee, order.description, order.total_fen) for order in orders]
        if first.combiner
        else [],
    )


async def show_code(tx: Tx, code_url: str) -> Bill | None:
    """Show what a scanned code asks for."""
    return await show(tx, links.by_code(code_url))


async def show_h5(tx: Tx, h5_url: str) -> Bill | None:
    """Show what an opened link asks for; its `redirect_url` is the page's affair."""
    return await show(tx, links.by_h5(h5_url))


async def settle_by(world: World, prepay_id: str, person_id: int, password: str) -> Paid | Declined:
    """Have a person pay with the six digits."""
    async with world.transaction() as tx:
        return await settle(tx, Wish(prepay_id, person_id, password=password))


async def settle(tx: Tx, wish: Wish) -> Paid | Declined:
    """Pay, or say why not. A wrong password and an empty purse leave their mark all the same."""
    bill = await bill_to_pay(
        tx, prepay_id=wish.prepay_id, person_id=wish.person_id, openid=wish.openid
    )
    if not bill:
        return UNKNOWN
    first = bill[0]
    if declined := against(first, tx.now):
        return declined
    if first.payer_name is None:
        return UNKNOWN_PAYER
    if first.openid not in {"", first.payer_name}:
        return NOT_YOURS
    if declined := await _ask_password(tx, wish.password, first):
        return declined
    return await _pay(tx, bill, first.payer_name)


def against(order: Order, now: datetime) -> Declined | None:
    """Say why an order cannot be paid (any more), if so."""
    if order.paid_at is not None:
        return Declined("paid_already", "该订单已支付")
    if order.closed_at is not None:
        return Declined("closed", "该订单已关闭")
    if now >= order.expires_at or now >= order.usable_until:
        return Declined("expired", "该订单已过期，请重新下单")
    return None


async def _ask_password(tx: Tx, typed: str | None, bill: Payable) -> Declined | None:
    if typed is None:
        return None
    if bill.locked_until is not None and bill.locked_until > tx.now:
        return LOCKED_OUT
    before = bill.wrong or 0
    if typed == bill.pay_password:
        if before:
            await forget_wrong(tx, person_id=bill.payer_id)
        return None
    wrong = 1 if before >= WRONG_MAX else before + 1
    until = tx.now + LOCKED if wrong == WRONG_MAX else tx.now
    await count_wrong(tx, person_id=bill.payer_id, wrong=wrong, locked_until=until)
    await mark_try(tx, prepay_id=bill.prepay_id, tried="USERPAYING")
    if wrong == WRONG_MAX:
        return LOCKED_OUT
    return Declined("wrong_password", f"支付密码错误，你还可以输入{WRONG_MAX - wrong}次")


async def _pay(tx: Tx, bill: Sequence[Payable], openid: str) -> Paid | Declined:
    numbers = [rules.new_transaction_id(tx.now) for _ in bill]
    counted = await take(
        tx, person_id=bill[0].payer_id, openid=openid,
        total_fen=sum(order.total_fen for order in bill),
        order_ids=[order.order_id for order in bill], transaction_ids=numbers,
    )  # fmt: skip
    if counted is None or counted.paid != len(bill):
        await mark_try(tx, prepay_id=bill[0].prepay_id, tried="PAYERROR")
        return TOO_LITTLE
    await receipts.send(tx, bill, numbers, openid)
    return Paid(bill[0].prepay_id, numbers, tx.now)


def _state(order: ShownOrder, now: datetime) -> str:
    if order.paid_at is not None:
        return "REFUND" if order.refunded_fen else "SUCCESS"
    if order.closed_at is not None:
        return "CLOSED"
    is_over = now >= order.expires_at or now >= order.usable_until
    return "EXPIRED" if is_over else "NOTPAY"
