"""What decide accepts the tables accept: of bills and of what persons say of differences."""

import asyncio
from datetime import UTC, date, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from jishi import money
from jishi.kernel import Request, new_id, verify
from jishi.money.flow_rules import Flow
from jishi.money.reconcile_rules import BillLine
from tests.machines.test_what_decide_accepts import ENDS, TEXTS, ask_all, relaxed
from tests.shops import seed_shops

FAR = datetime(2030, 1, 1, tzinfo=UTC)
moments = st.sampled_from(
    [FAR, FAR.replace(tzinfo=None), FAR.replace(year=1), FAR.replace(year=9999)]
)
bill_lines = st.builds(
    BillLine,
    kind=st.sampled_from(["payment", "refund", "", "\x00"]),
    out_number=TEXTS | st.just("0" * 31 + "1"),
    transaction_id=TEXTS,
    amount_fen=ENDS,
    fee_fen=ENDS,
    state=st.sampled_from(["SUCCESS", "REFUND", "", "\x00"]),
    traded_at=moments,
    out_trade_no=TEXTS | st.just("0" * 31 + "1"),
    wechat_refund_id=TEXTS,
)
days = st.dates() | st.dates(date(2013, 1, 1), date(2026, 11, 1))


@relaxed
@given(
    asked=st.lists(st.tuples(days, st.lists(bill_lines, max_size=3)), min_size=1, max_size=4),
    explained=st.lists(st.tuples(ENDS, ENDS, TEXTS, ENDS), max_size=4),
)
def test_any_bill_and_any_explanation_is_an_event_or_a_refusal(
    database_url: str, owner_url: str,
    asked: list[tuple[date, list[BillLine]]], explained: list[tuple[int, int, str, int]],
) -> None:  # fmt: skip
    book = new_id() >> 20
    asyncio.run(seed_shops(owner_url, book, skus=1))
    requests: list[Request] = [
        money.ReconcileDay(
            key=uuid4(),
            book=book,
            actor_id=0,
            day=day,
            lines=tuple(told),
            flows=tuple(
                Flow(kind=each.kind, out_number=each.out_number, moved_fen=each.fee_fen)
                for each in told
            )
            or None,
        )
        for day, told in asked
    ]
    requests += [
        money.CutStatement(key=uuid4(), book=book, actor_id=0, until=day) for day, _ in asked
    ]
    requests += [
        money.NoteAnswer(
            key=uuid4(),
            book=book,
            actor_id=0,
            number=number,
            position=position,
            state=note,
            amount_fen=actor_id,
        )
        for number, position, note, actor_id in explained
    ]
    requests += [
        money.ExplainDifference(
            key=uuid4(), book=book, actor_id=actor_id, number=number, position=position, note=note
        )
        for number, position, note, actor_id in explained
    ]
    assert len(ask_all(database_url, requests)) == len(requests)


def test_after_all_that_every_promise_is_kept(owner_url: str) -> None:
    async def broken() -> list[str]:
        return [kept.promise async for kept in verify(owner_url) if kept.broken]

    assert asyncio.run(broken()) == []
