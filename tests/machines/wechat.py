"""WeChat as the machines play it: what was prepaid, paid, closed and refunded, to the fen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jishi import money
from jishi.kernel import Market
from jishi.money import Came
from jishi.money.asking import Back, Wish
from tests.trade.paying import APPID, MCHID

SUCCEEDED = {"SUCCESS": "succeeded", "ABNORMAL": "abnormal", "CLOSED": "closed"}


class Bill:
    """A payment at WeChat: for how much (fen), and whether it was paid or closed."""

    def __init__(self, fen: int) -> None:
        self.fen, self.state = fen, "NOTPAY"


class GivenBack:
    """A refund at WeChat: of which payment, how much (fen), and how far it is."""

    def __init__(self, out_trade_no: str, fen: int, state: str) -> None:
        self.out_trade_no, self.fen, self.state = out_trade_no, fen, state


class Platform:
    """Answers what the gateway asks, and refuses what WeChat refuses."""

    def __init__(self) -> None:
        self.bills: dict[str, Bill] = {}
        self.refunds: dict[str, GivenBack] = {}
        self.outcome = "SUCCESS"

    async def prepay(self, wish: Wish) -> tuple[str, str]:
        """Prepay; the same number again is the same payment."""
        bill = self.bills.setdefault(wish.out_trade_no, Bill(wish.amount_fen))
        assert bill.fen == wish.amount_fen
        return "native", f"weixin://{wish.out_trade_no}"

    def came(self, number: str) -> Came:
        """Give what was paid under a number."""
        return Came(
            out_trade_no=number, transaction_id=f"42{number}", appid=APPID, mchid=MCHID,
            amount_fen=self.bills[number].fen, currency="CNY",
        )  # fmt: skip

    async def paid(self, number: str) -> Came | None:
        """Tell what was paid, if anything."""
        bill = self.bills.get(number)
        return self.came(number) if bill and bill.state == "SUCCESS" else None

    async def shut(self, number: str) -> Came | None:
        """Close what is not paid."""
        bill = self.bills.setdefault(number, Bill(0))
        if bill.state != "SUCCESS":
            bill.state = "CLOSED"
        return await self.paid(number)

    async def refund(self, back: Back) -> str:
        """Give back what was paid; never more than that, under one number once."""
        known = self.refunds.get(back.out_refund_no)
        if known is None:
            bill = self.bills[back.out_trade_no]
            assert bill.state == "SUCCESS", "nothing is refunded that was not paid"
            assert back.paid_fen == bill.fen
            assert self.given_back(back.out_trade_no) + back.amount_fen <= bill.fen
            known = GivenBack(back.out_trade_no, back.amount_fen, self.outcome)
            self.refunds[back.out_refund_no] = known
        assert (known.out_trade_no, known.fen) == (back.out_trade_no, back.amount_fen)
        return SUCCEEDED.get(known.state, "")

    async def settle_refund(self, number: str) -> None:
        """Send an abnormal refund another way."""
        if self.refunds[number].state == "ABNORMAL":
            self.refunds[number].state = "PROCESSING"

    def given_back(self, number: str) -> int:
        """Give what was refunded of a payment, or is on its way, in fen."""
        mine = [each for each in self.refunds.values() if each.out_trade_no == number]
        return sum(each.fen for each in mine if each.state != "CLOSED")

    def net_fen(self) -> int:
        """Give what WeChat has taken in and not given back, in fen."""
        paid = sum(each.fen for each in self.bills.values() if each.state == "SUCCESS")
        return paid - sum(each.fen for each in self.refunds.values() if each.state == "SUCCESS")


@contextmanager
def played(platform: Platform, market: Market) -> Iterator[None]:
    """Let the gateway ask this one for the while."""
    gateway: Any = money.gateway
    plays = {
        "prepay": platform.prepay, "paid": platform.paid, "shut": platform.shut,
        "refund": platform.refund, "refund_stands": platform.refund,
        "settle_refund": platform.settle_refund, "is_waiting": money.waiting(market),
    }  # fmt: skip
    kept = {name: gateway.__dict__.get(name) for name in plays}
    gateway.__dict__.update(plays)
    try:
        yield
    finally:
        for name, before in kept.items():
            if before is None:
                del gateway.__dict__[name]
            else:
                gateway.__dict__[name] = before
