"""What after-sale decides to accept the tables accept, and its promises hold, however it is led."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from jishi import after_sale, money
from jishi.after_sale import LowerCases
from jishi.kernel import Request, verify
from tests.after_sale import scene as play
from tests.after_sale.scene import Scene, paid
from tests.goods.test_upload_picture import webp
from tests.machines.test_what_decide_accepts import ENDS, TEXTS, relaxed
from tests.money.late.scene import made as made_elsewhere

ASKED: list[Callable[[Scene, int, int, str], Request]] = [
    lambda on, case_id, _, __: play.withdraw(on, case_id),
    lambda on, case_id, _, text: play.agree(on, case_id, text),
    lambda on, case_id, _, text: play.refuse(on, case_id, text or "x"),
    lambda on, case_id, n, __: play.change(on, case_id, wanted_fen=n),
    lambda on, case_id, _, text: play.send_back(on, case_id, number=text),
    lambda on, case_id, _, __: play.send_back(on, case_id),
    lambda on, case_id, n, __: play.receive(on, case_id, n, 0),
    lambda on, case_id, n, __: play.receive(on, case_id, 0, n),
    lambda on, case_id, _, text: play.refuse_goods(on, case_id, text),
    lambda on, case_id, _, __: play.escalate(on, case_id),
    lambda on, case_id, _, text: play.escalate(on, case_id, text),
    lambda on, case_id, n, __: play.judge(on, case_id, "refunding", n),
    lambda on, case_id, n, text: play.judge(on, case_id, text, n, text),
    lambda on, case_id, _, __: play.lapse(on, case_id),
    lambda on, case_id, _, __: play.replace(on, case_id),
    lambda on, case_id, _, __: play.end_exchange(on, case_id),
    lambda on, case_id, _, __: play.end_exchange(on, case_id, "seller"),
    lambda on, case_id, _, __: play.follow(on, case_id, "abnormal"),
    lambda on, case_id, _, text: play.follow(on, case_id, text),
    lambda on, case_id, _, __: play.retry(on, case_id),
    lambda on, case_id, n, __: play.photograph(on, case_id, webp(1 + n % 20, 3)),
    lambda on, case_id, n, text: play.photograph(on, case_id, text.encode(), n, text),
    lambda on, _, n, __: play.complete(on, n),
    lambda on, _, __, ___: play.complete(on, on.order_id),
    lambda on, _, __, ___: LowerCases(key=uuid4(), book=on.book, actor_id=0, order_id=on.order_id),
    lambda on, _, n, __: play.close(on, n),
    lambda on, _, __, ___: play.close(on, on.order_id),
]
wishes = st.tuples(
    st.sampled_from(after_sale.rules.KINDS) | TEXTS, st.integers(1, 3) | ENDS,
    st.sampled_from(["agreed", "faulty", "not_wanted"]) | TEXTS, TEXTS, st.just(0) | ENDS,
    st.just(1) | ENDS,
)  # fmt: skip
deeds = st.tuples(
    st.integers(0, 3), st.integers(0, len(ASKED) - 1), st.integers(0, 2_000) | ENDS, TEXTS
)


@relaxed
@given(
    state=st.sampled_from(["paid", "shipped", "received", "completed"]),
    opened=st.lists(wishes, min_size=1, max_size=4), deeds=st.lists(deeds, max_size=25),
)  # fmt: skip
def test_any_after_sale_is_an_event_or_a_refusal(
    database_url: str, owner_url: str, state: str,
    opened: list[tuple[str, int, str, str, int, int]], deeds: list[tuple[int, int, int, str]],
) -> None:  # fmt: skip
    async def scene() -> list[str]:
        async with paid(database_url, owner_url, state) as on:
            asked = [
                play.wish(on, kind, quantity, reason=reason, story=story, wanted_fen=fen,
                          position=position)
                for kind, quantity, reason, story, fen, position in opened
            ]  # fmt: skip
            asked += [play.wish(on, "refund_only"), play.wish(on, "exchange")]
            case_ids = [each.case_id for each in asked]
            attempt_id = await on.owner.fetchval(
                "select attempt_id from money.attempts where book = $1", on.book
            )
            number = money.rules.out_trade_no(on.book, attempt_id)
            elsewhere = [made_elsewhere(on.book, number, fen) for *_, fen, _ in opened]
            await asyncio.gather(*map(on.market.ask, asked))
            made = [
                ASKED[deed](on, case_ids[-1 - at % len(case_ids)], number, text)
                for at, deed, number, text in deeds
            ]
            # The first half at once, so that a batch holds several steps of one case.
            half = len(made) // 2
            await asyncio.gather(*map(on.market.ask, [*made[:half], *elsewhere]))
            await on.owner.execute(
                "update after_sale.cases set act_until = now()"
                " where book = $1 and act_until is not null", on.book,
            )  # fmt: skip
            for each in made[half:]:
                await on.market.ask(each)
        return [
            f"{kept.promise}: {kept.broken}"
            async for kept in verify(owner_url, ["after_sale."])
            if kept.broken
        ]

    assert asyncio.run(scene()) == []
