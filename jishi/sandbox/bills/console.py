"""The merchant's own console at WeChat: refunds that no program of its asked for.

They carry a number that WeChat made, show in queries and bills, and are told to nobody: the
address for them is set in the console, and the sandbox's merchants have set none.
"""

from msgspec import Struct

from jishi.sandbox.answers import Asked, Refusal
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.doors import control
from jishi.sandbox.pay.refunds import Plan, refund_order
from jishi.sandbox.sharing.names import new_number


class ConsoleRefund(Asked, frozen=True):
    """A refund made by hand, in fen."""

    mchid: str
    transaction_id: str
    refund_fen: int
    reason: str = "商户后台退款"


class Made(Struct, frozen=True):
    """The numbers of the refund, and its state."""

    refund_id: str
    out_refund_no: str
    status: str


@control("POST", "/sandbox/console-refunds")
async def refund_in_console(call: ControlCall, asked: ConsoleRefund) -> Made | Refusal:
    """Refund as a merchant's accountant does, by hand."""
    plan = Plan(
        out_refund_no=new_number("9", call.now), refund_fen=asked.refund_fen, reason=asked.reason
    )
    made = await refund_order(call.tx, asked.mchid, asked.transaction_id, plan)
    return (
        made if isinstance(made, Refusal) else Made(made.refund_id, made.out_refund_no, made.status)
    )
