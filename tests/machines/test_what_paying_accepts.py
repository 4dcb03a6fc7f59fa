"""What decide accepts the tables accept: of payments and refunds, all their way.

Whatever may be started may also get its code, be looked for, withdrawn, cancelled, paid, closed,
refunded and ended, in one batch each, with odd ids, texts and amounts.
"""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from jishi import money, trade
from jishi.kernel import MARKET, Request, new_id, verify
from tests.machines.test_what_decide_accepts import ENDS, TEXTS, ask_all, relaxed
from tests.shops import price_of, seed_shops, sku_of
from tests.trade.orders import place

FAR = datetime(2030, 1, 1, tzinfo=UTC)
ODD = st.tuples(TEXTS, TEXTS, ENDS, st.booleans(), TEXTS, st.none() | ENDS)


@relaxed
@given(asked=st.lists(ODD, min_size=1, max_size=5))
def test_any_payment_is_an_event_or_a_refusal_all_its_way(
    database_url: str, owner_url: str,
    asked: list[tuple[str, str, int, bool, str, int | None]],
) -> None:  # fmt: skip
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book, skus=1, stock=5))
    requests: list[Request] = []
    for text, other, odd_id, is_odd, code, amount in asked:
        order = place(book, (sku_of(book, 1), 1, price_of(1)))
        attempt_id = odd_id if is_odd else new_id()
        number = money.rules.out_trade_no(book, attempt_id) if attempt_id > 0 else text
        came = money.Came(
            out_trade_no=number, transaction_id=code, appid=text or "wx1", mchid=other or "190",
            currency="CNY", amount_fen=price_of(1) if amount is None else amount,
        )  # fmt: skip
        requests += [
            order,
            *paying(book, order.order_id, attempt_id, text, other, code),
            trade.TakePayment(key=uuid4(), book=book, actor_id=0, came=came),
            trade.CloseOrder(key=uuid4(), book=book, actor_id=0, order_id=order.order_id),
            trade.AcceptFreeOrder(key=uuid4(), book=book, actor_id=0, order_id=order.order_id),
            *refunding(book, order.order_id, attempt_id, odd_id, text),
            *ending(book, odd_id, code),
            money.SettleOrder(
                key=uuid4(),
                book=book,
                actor_id=0,
                order_id=odd_id if is_odd else order.order_id,
            ),
        ]
    assert len(ask_all(database_url, requests)) == len(requests)


def paying(
    book: int, order_id: int, attempt_id: int, text: str, other: str, code: str
) -> list[Request]:
    """Ask all that leads to a payment."""
    beside = abs(attempt_id) // 2 + 1
    return [
        trade.StartPayment(
            key=uuid4(), book=book, actor_id=7, order_id=order_id, attempt_id=attempt_id,
            appid=text or "wx1", mchid=other or "190", way=code or "h5",
        ),
        trade.StartPayment(
            key=uuid4(), book=book, actor_id=7, order_id=order_id, attempt_id=attempt_id,
            appid=text or "wx1", mchid=other or "190", way="native",
        ),
        money.RecordPrepaid(
            key=uuid4(), book=book, actor_id=0, attempt_id=attempt_id, code_url=code,
            pay_until=FAR, way=other or "jsapi",
        ),
        trade.LookForPayment(key=uuid4(), book=book, actor_id=7, order_id=order_id),
        trade.WithdrawPayment(key=uuid4(), book=book, actor_id=7, order_id=order_id),
        trade.StartPayment(
            key=uuid4(), book=book, actor_id=7, order_id=order_id, attempt_id=beside,
            appid=text or "wx1", mchid=other or "190", way="native",
            combined=odd_combined(book, order_id, beside, text, other, code),
        ),
        trade.CombinePayment(
            key=uuid4(), book=MARKET, actor_id=7, purchase_id=order_id, way=code or "h5",
            combined=odd_combined(book, order_id, attempt_id, text, other, code),
            amounts_fen=(attempt_id, order_id), order_numbers=(text, other), pay_until=FAR,
        ),
        *([money.CloseAttempt(key=uuid4(), book=book, actor_id=0, attempt_id=attempt_id)]
          if text else []),
        trade.CancelOrder(key=uuid4(), book=book, actor_id=7, order_id=order_id),
    ]  # fmt: skip


def odd_combined(
    book: int, order_id: int, attempt_id: int, text: str, other: str, code: str
) -> money.Combined:  # fmt: skip
    """Give a payment over shops that may be one."""
    part = money.CombinedPart(book, order_id, attempt_id, other or "190")
    beside = money.CombinedPart(book + len(code), order_id, attempt_id, code or "191")
    return money.Combined(attempt_id, text or "wx1", other or "190", (part, beside))


def refunding(book: int, order_id: int, attempt_id: int, odd_id: int, text: str) -> list[Request]:
    """Ask back: an odd amount under the attempt's id, and a part under an odd id."""
    return [
        money.AskRefund(
            key=uuid4(), book=book, actor_id=9, order_id=order_id, refund_id=attempt_id,
            amount_fen=odd_id, reason=text or "operator", cause_id=odd_id,
        ),
        money.RecordExternalRefund(
            key=uuid4(), book=book, actor_id=0, refund_id=odd_id,
            out_trade_no=money.rules.out_trade_no(book, attempt_id) if text else text,
            out_refund_no=text, wechat_refund_id=text, amount_fen=price_of(1) // 4,
            refunded_at=FAR,
        ),
        money.SettleOrder(key=uuid4(), book=book, actor_id=0, order_id=order_id),
        money.AskRefund(
            key=uuid4(), book=book, actor_id=9, order_id=order_id, refund_id=odd_id,
            amount_fen=price_of(1) // 3, reason="after_sale", cause_id=odd_id,
        ),
    ]  # fmt: skip


def ending(book: int, refund_id: int, code: str) -> list[Request]:
    """Look for a refund and end it in several ways."""
    return [
        money.LookForRefund(
            key=uuid4(), book=book, actor_id=0, refund_id=refund_id, looks=refund_id
        ),
        *(
            money.RecordRefund(
                key=uuid4(), book=book, actor_id=0, refund_id=refund_id, outcome=outcome
            )
            for outcome in (code, "abnormal", "succeeded", "closed")
        ),
        money.SettleRefund(key=uuid4(), book=book, actor_id=9, refund_id=refund_id),
    ]


@relaxed
@given(texts=st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS), version=ENDS)
def test_any_credentials_are_an_event_or_a_refusal(
    database_url: str, owner_url: str, texts: tuple[str, str, str, str, str], version: int
) -> None:
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book, skus=1))
    mchid, serial, public, end, sealed = texts
    requests: list[Request] = [
        money.SetCredentials(
            key=uuid4(), book=book, actor_id=9, mchid=mchid, serial=serial,
            public_key_id=public, last_four=last, sealed=sealed,
        )
        for last in (end, "1234")
    ] + [
        money.RetireCredentials(key=uuid4(), book=book, actor_id=9, version=version),
        money.ResealCredentials(
            key=uuid4(), book=book, actor_id=0, version=version, sealed=sealed
        ),
    ]  # fmt: skip
    assert len(ask_all(database_url, requests)) == len(requests)


def test_after_all_that_every_promise_of_money_is_kept(owner_url: str) -> None:
    async def broken() -> list[str]:
        return [
            kept.promise
            async for kept in verify(owner_url, ("money.", "trade.", "ledger."))
            if kept.broken
        ]

    assert asyncio.run(broken()) == []
