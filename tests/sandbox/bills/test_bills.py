"""Bills: WeChat's own format, every fen in them, and what is wrong in a wrong one."""

import gzip
import random
from datetime import datetime, timedelta
from hashlib import sha1
from typing import Any
from urllib.parse import urlsplit

import pytest

from jishi.sandbox.bills.writing import yuan
from jishi.sandbox.pay.rules import BEIJING
from tests.sandbox.judged import judged, said
from tests.sandbox.pay.shop import REFUNDS, Stage, an_order, paid, play, refund_of
from tests.sandbox.scene import Scene

TRADE, FUND = "/v3/bill/tradebill", "/v3/bill/fundflowbill"
DAY = 86_400


def today(scene: Scene) -> str:
    """Give Beijing's day."""
    return f"{scene.world.clock.now().astimezone(BEIJING):%Y-%m-%d}"


async def to_morning(scene: Scene) -> str:
    """Go on to noon of the next day; give the day that is over."""
    day, now = today(scene), scene.world.clock.now().astimezone(BEIJING)
    noon = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), BEIJING)
    await scene.advance(int((noon + timedelta(hours=12) - now).total_seconds()))
    return day


async def fetched(scene: Scene, target: str) -> str:
    """Ask for a bill, fetch it, see that it is whole; give its text."""
    ticket = await judged(scene, "GET", target)
    parts = urlsplit(ticket["download_url"])
    answer = await scene.signed("GET", f"{parts.path}?{parts.query}")
    assert answer.status_code == 200, answer.text
    assert "Wechatpay-Signature" not in answer.headers
    body = gzip.decompress(answer.content) if "tartype" in parts.query else answer.content
    assert ticket["hash_value"] == sha1(body, usedforsecurity=False).hexdigest()
    assert body.startswith(b"\xef\xbb\xbf")
    return body.decode("utf-8-sig")


def lines(text: str) -> list[dict[str, str]]:
    """Read a bill's lines by the names of their columns."""
    head, *rest = text.splitlines()
    rows = [row[1:].split(",`") for row in rest[:-2]]
    return [dict(zip(head.split(","), row, strict=True)) for row in rows]


def fen(text: str) -> int:
    """Read yuan as fen."""
    whole, _, part = text.lstrip("-").partition(".")
    value = int(whole) * 100 + int((part + "00")[:2])
    return -value if text.startswith("-") else value


async def busy_day(scene: Scene, luck: random.Random) -> tuple[int, int]:
    """Have payments and refunds made; give the sums of both, in fen."""
    came = gone = 0
    for _ in range(6):
        total = luck.randint(1, 50_000)
        number, _ = await paid(scene, an_order(scene, amount={"total": total, "currency": "CNY"}))
        came += total
        if luck.random() < 0.6:
            part = luck.randint(1, total)
            await judged(scene, "POST", REFUNDS, refund_of(number, part, total))
            gone += part
    await scene.advance(10)
    return came, gone


@pytest.mark.parametrize("seed", range(3))
def test_a_days_bill_has_every_fen(pay_stage: Stage, seed: int) -> None:
    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        came, gone = await busy_day(scene, random.Random(seed))
        day = await to_morning(scene)
        rows = lines(await fetched(scene, f"{TRADE}?bill_date={day}&tar_type=GZIP"))
        assert sum(fen(row["订单金额"]) for row in rows) == came
        assert sum(fen(row["退款金额"]) for row in rows) == gone
        assert {row["交易状态"] for row in rows} <= {"SUCCESS", "REFUND"}
        paid_only = lines(await fetched(scene, f"{TRADE}?bill_date={day}&bill_type=SUCCESS"))
        assert sum(fen(row["订单金额"]) for row in paid_only) == came
        assert "退款金额" not in paid_only[0]
        fees = sum(fen(row["手续费"]) for row in rows)
        flows = lines(await fetched(scene, f"{FUND}?bill_date={day}&account_type=BASIC"))
        moved = sum(fen(row["收支金额(元)"]) * (1 if row["收支类型"] == "收入" else -1)
                    for row in flows)  # fmt: skip
        assert moved == came - gone - fees

    play(pay_stage, scene)


def test_the_balance_runs_on_from_day_to_day(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        ends: list[int] = []
        for seed in (1, 2):
            await busy_day(scene, random.Random(seed))
            day = await to_morning(scene)
            flows = lines(await fetched(scene, f"{FUND}?bill_date={day}&tar_type=GZIP"))
            balance = ends[-1] if ends else None
            for row in flows:
                step = fen(row["收支金额(元)"]) * (1 if row["收支类型"] == "收入" else -1)
                now = fen(row["账户结余(元)"])
                assert balance is None or now == balance + step
                balance = now
            assert balance is not None
            ends.append(balance)

    play(pay_stage, scene)


def test_a_fee_comes_back_with_what_is_refunded(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        number, _ = await paid(scene, an_order(scene, amount={"total": 9_999, "currency": "CNY"}))
        for part in (3_333, 3_333, 3_333):
            await judged(scene, "POST", REFUNDS, refund_of(number, part, 9_999))
        await scene.advance(10)
        day = await to_morning(scene)
        rows = lines(await fetched(scene, f"{TRADE}?bill_date={day}"))
        fees = [fen(row["手续费"]) for row in rows if row["商户订单号"] == number]
        assert fees[0] == 60
        assert sum(fees) == 0

    play(pay_stage, scene)


def test_a_bill_is_ready_at_ten_and_only_where_something_happened(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        await paid(scene)
        for target, words in (
            (f"{TRADE}?bill_date={today(scene)}", "STATEMENT_CREATING"),
            (f"{TRADE}?bill_date=2020-01-01", "PARAM_ERROR"),
            (f"{TRADE}?bill_date=soon", "PARAM_ERROR"),
            (f"{TRADE}?bill_date={today(scene)}&bill_type=SOME", "STATEMENT_CREATING"),
            (f"{TRADE}?bill_date={today(scene)}&tar_type=ZIP", "PARAM_ERROR"),
            (f"{FUND}?bill_date={today(scene)}", "STATEMENT_CREATING"),
        ):
            assert said(await scene.signed("GET", target))[1] == words, target
        day = await to_morning(scene)
        await scene.advance(2 * DAY)
        quiet = scene.world.clock.now().astimezone(BEIJING) - timedelta(days=1)
        for path in (TRADE, "/v3/profitsharing/bills"):
            none = await scene.signed("GET", f"{path}?bill_date={quiet:%Y-%m-%d}")
            assert said(none)[1] == "NO_STATEMENT_EXIST"
        wrong = await scene.signed("GET", f"{TRADE}?bill_date={day}&bill_type=SOME")
        assert said(wrong)[1] == "PARAM_ERROR"

    play(pay_stage, scene)


def test_an_address_is_good_for_half_a_minute_and_for_its_owner(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        await paid(scene)
        day = await to_morning(scene)
        ticket = await judged(scene, "GET", f"{TRADE}?bill_date={day}")
        parts = urlsplit(ticket["download_url"])
        target = f"{parts.path}?{parts.query}"
        foreign = await scene.signed("GET", target, merchant=scene.merchants[1])
        assert said(foreign)[2] == "下载链接已失效，请重新申请账单"
        assert (await scene.signed("GET", target)).status_code == 200
        await scene.advance(31)
        assert said(await scene.signed("GET", target))[1] == "INVALID_REQUEST"

    play(pay_stage, scene)


@pytest.mark.parametrize("how", ["differs", "missing", "double"])
def test_a_wrong_bill_is_wrong_in_one_line(pay_stage: Stage, how: str) -> None:
    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        for _ in range(3):
            await paid(scene)
        day = await to_morning(scene)
        target = f"{TRADE}?bill_date={day}"
        right = (await fetched(scene, target)).splitlines()[1:-2]
        await scene.arm("bill_mismatch", settings={"how": how})
        wrong = (await fetched(scene, target)).splitlines()[1:-2]
        counts = {"differs": 3, "missing": 2, "double": 4}
        assert len(wrong) == counts[how]
        assert len(set(right) - set(wrong)) == {"differs": 1, "missing": 1, "double": 0}[how]
        assert (await fetched(scene, target)).splitlines()[1:-2] == right

    play(pay_stage, scene)


def test_a_refund_made_in_the_console_shows_in_query_and_bill(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        number, transaction_id = await paid(scene)
        body: dict[str, Any] = {"mchid": scene.merchant.mchid, "transaction_id": transaction_id,
                                "refund_fen": 299}  # fmt: skip
        made = await scene.control("POST", "/sandbox/console-refunds", body)
        await scene.advance(10)
        shown = await judged(scene, "GET", f"{REFUNDS}/{made['out_refund_no']}")
        assert (shown["status"], shown["amount"]["refund"]) == ("SUCCESS", 299)
        query = f"/v3/pay/transactions/out-trade-no/{number}?mchid={scene.merchant.mchid}"
        assert (await judged(scene, "GET", query))["trade_state"] == "REFUND"
        too_much = await scene.http.post(
            "/sandbox/console-refunds", json=body | {"refund_fen": 1_001}
        )
        assert too_much.status_code == 400
        day = await to_morning(scene)
        rows = lines(await fetched(scene, f"{TRADE}?bill_date={day}&bill_type=REFUND"))
        assert [row["商户退款单号"] for row in rows] == [made["out_refund_no"]]

    play(pay_stage, scene)


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (12_345, "123.45")]
)
def test_yuan_is_written_without_floats(amount: int, text: str) -> None:
    assert yuan(amount) == text
