"""The books of two merchants: whatever is shared, returned, let go and refunded, they agree."""

import random
from typing import NamedTuple

import pytest

from tests.sandbox.bills.test_bills import DAY, FUND, TRADE, fen, fetched, lines, to_morning, today
from tests.sandbox.judged import said
from tests.sandbox.pay.shop import REFUNDS, Stage, number, play, refund_of
from tests.sandbox.scene import Scene
from tests.sandbox.sharing.fresh import as_new_merchants, seen_by
from tests.sandbox.sharing.test_returns import return_of
from tests.sandbox.sharing.test_sharing import (
    ORDERS,
    RETURNS,
    UNFREEZE,
    add,
    left,
    payment,
    share_of,
)
from tests.sandbox.transfers.test_transfers import PATH, confirm, transfer

SHARING = "/v3/profitsharing/bills"
STEPS = 16


class Flows(NamedTuple):
    """What a fund bill says moved, and what lay in the account at its end."""

    moved: int
    balance: int


class Model:
    """What a payment should be, in fen, by plain sums."""

    def __init__(self, total: int) -> None:
        self.total, self.held, self.let_go = total, total, 0
        self.shared = self.refunded = self.returned = 0
        self.parts: dict[str, int] = {}

    def may_share(self, amount: int) -> bool:
        """Tell whether so much may still go to others."""
        return amount <= self.held and self.shared + amount <= self.total * 3 // 10

    def share(self, name: str, amount: int) -> None:
        """Give a part away."""
        self.shared, self.held, self.parts[name] = self.shared + amount, self.held - amount, amount

    def refund(self, amount: int) -> None:
        """Give it back to the payer; first what is held back."""
        self.refunded += amount
        self.held -= min(self.held, amount)

    def unfreeze(self) -> None:
        """Let go of what is held back."""
        self.let_go, self.held = self.let_go + self.held, 0

    def moved(self) -> int:
        """Give what the payment left with its merchant."""
        fee = (self.total * 60 + 5_000) // 10_000
        kept = fee - fee * self.refunded // self.total
        return self.total - self.refunded - kept - self.shared + self.returned


async def flows(scene: Scene, target: str) -> Flows:
    """Fetch a fund bill; see that it sums and that each balance follows from the one before."""
    text = await fetched(scene, target)
    rows, totals = lines(text), text.splitlines()[-1][1:].split(",`")
    moved = [fen(row["收支金额(元)"]) * (1 if row["收支类型"] == "收入" else -1) for row in rows]
    balances = [fen(row["账户结余(元)"]) for row in rows]
    assert all(after == before + step for before, after, step
               in zip(balances, balances[1:], moved[1:], strict=False))  # fmt: skip
    came, gone = [each for each in moved if each > 0], [-each for each in moved if each < 0]
    assert totals == [f"{len(rows)}.0", str(len(came)), f"{sum(came) // 100}.{sum(came) % 100:02}",
                      str(len(gone)), f"{sum(gone) // 100}.{sum(gone) % 100:02}"]  # fmt: skip
    assert len({row["资金流水单号"] for row in rows}) == len(rows)
    return Flows(sum(moved), balances[-1])


async def some_step(scene: Scene, luck: random.Random, paid: tuple[str, str], model: Model) -> None:
    """Ask for something; see that it is granted where the sums allow it, and only there."""
    out_trade_no, transaction_id = paid
    amount = luck.randint(1, 900)
    match luck.choice(["share", "share", "share", "return", "return", "refund", "unfreeze"]):
        case "share":
            body = share_of(scene, transaction_id, amount)
            answer = await scene.signed("POST", ORDERS, body)
            assert answer.is_success == model.may_share(amount), answer.text
            if answer.is_success:
                model.share(body["out_order_no"], amount)
            await scene.advance(5)
        case "return" if model.parts:
            name = luck.choice(sorted(model.parts))
            answer = await scene.signed("POST", RETURNS, return_of(scene, name, amount))
            assert answer.is_success == (amount <= model.parts[name]), answer.text
            if answer.is_success:
                model.parts[name] -= amount
                model.returned += amount
        case "refund":
            body = refund_of(out_trade_no, amount, model.total)
            answer = await scene.signed("POST", REFUNDS, body)
            assert answer.is_success == (model.refunded + amount <= model.total), answer.text
            if answer.is_success:
                model.refund(amount)
        case "unfreeze" if luck.random() < 0.3:
            body = {"transaction_id": transaction_id, "out_order_no": number(),
                    "description": "解冻"}  # fmt: skip
            assert (await scene.signed("POST", UNFREEZE, body)).is_success
            model.unfreeze()
    await scene.advance(luck.choice([0, 5]))


@pytest.mark.parametrize("seed", range(4))
def test_the_books_agree_with_whatever_was_done(pay_stage: Stage, seed: int) -> None:
    luck = random.Random(seed)

    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        first = await as_new_merchants(scene)
        await add(first)
        model = Model(luck.randint(2_000, 9_000))
        paid = await payment(first, model.total)
        for _ in range(STEPS):
            await some_step(first, luck, paid, model)
            assert await left(first, paid[1]) == model.held
            before = model.total - model.held - model.let_go - model.shared
            assert 0 <= before <= model.refunded, "what is gone went to the payer"
        day = await to_morning(first)
        target = f"{FUND}?bill_date={day}&account_type=BASIC"
        own = await flows(first, target)
        assert (own.moved, own.balance) == (model.moved(), model.moved())
        if model.shared:
            got = await flows(seen_by(first, 1), target)
            assert got == Flows(model.shared - model.returned, model.shared - model.returned)
            rows = lines(await fetched(first, f"{SHARING}?bill_date={day}"))
            sums = {kind: sum(fen(row["分账金额"]) for row in rows if row["业务类型"] == kind)
                    for kind in ("分账", "分账回退")}  # fmt: skip
            assert sums == {"分账": model.shared, "分账回退": model.returned}

    play(pay_stage, scene)


def test_transfers_leave_the_operation_account(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        new = await as_new_merchants(scene)
        begun = await operation_on(new, today(new))
        assert begun == Flows(100_000_000, 100_000_000)
        for amount in (1_001, 2_002):
            body = transfer(new, transfer_amount=amount)
            answer = await new.signed("POST", PATH, body)
            assert (await confirm(new, answer.json()["package_info"])).status_code == 200
        await new.signed("POST", PATH, transfer(new, transfer_amount=5_000))
        await new.advance(5)
        spent = await operation_on(new, today(new))
        assert spent == Flows(-3_003, 100_000_000 - 3_003)
        day = await to_morning(new)
        nothing = await new.signed("GET", f"{FUND}?bill_date={day}&account_type=OPERATION")
        assert said(nothing)[1] == "NO_STATEMENT_EXIST"
        fees = await new.signed("GET", f"{FUND}?bill_date={day}&account_type=FEES")
        assert said(fees)[1] == "NO_STATEMENT_EXIST"

    play(pay_stage, scene)


async def operation_on(scene: Scene, day: str) -> Flows:
    """Wait for the bill of a day, and give what it says of the operation account."""
    await to_morning(scene)
    return await flows(scene, f"{FUND}?bill_date={day}&account_type=OPERATION")


def test_bills_of_payments_and_of_refunds_have_columns_of_their_own(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        new = await as_new_merchants(scene)
        out_trade_no, _ = await payment(new, 1_299, is_sharing=False)
        paid_on = today(new)
        await new.advance(DAY)
        refunded_on = today(new)
        await new.signed("POST", REFUNDS, refund_of(out_trade_no, 300, 1_299))
        await to_morning(new)
        alone = await fetched(new, f"{TRADE}?bill_date={paid_on}&bill_type=SUCCESS")
        assert len(alone.splitlines()[0].split(",")) == 20
        whole = await fetched(new, f"{TRADE}?bill_date={paid_on}")
        assert len(whole.splitlines()[0].split(",")) == 27
        assert whole.splitlines()[-2] == alone.splitlines()[-2]
        assert whole.splitlines()[-1] == alone.splitlines()[-1]
        back = await fetched(new, f"{TRADE}?bill_date={refunded_on}&bill_type=REFUND")
        assert len(back.splitlines()[0].split(",")) == 29
        [row] = lines(back)
        assert row["交易时间"].startswith(paid_on)
        assert row["退款申请时间"].startswith(refunded_on)
        assert row["退款申请时间"] < row["退款成功时间"]
        assert (row["订单金额"], row["退款金额"], row["申请退款金额"]) == ("0.00", "3.00", "3.00")

    play(pay_stage, scene)


def test_a_bill_is_kept_for_three_months(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        await to_morning(scene)
        new = await as_new_merchants(scene)
        await payment(new, 100)
        day = today(new)
        await to_morning(new)
        target = f"{TRADE}?bill_date={day}"
        await new.advance(91 * DAY)
        assert lines(await fetched(new, target))
        await new.advance(DAY)
        assert said(await new.signed("GET", target))[:2] == (400, "PARAM_ERROR")

    play(pay_stage, scene)
