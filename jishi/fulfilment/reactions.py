"""What follows in fulfilment: what is paid and picked up gets its voucher."""

from collections.abc import Sequence

from jishi.fulfilment.issue_voucher import IssueVoucher
from jishi.fulfilment.pickup import codes
from jishi.kernel import Reaction, Request, Told
from jishi.kernel.secret import read_secret
from jishi.trade import FreeOrderAccepted, PaymentTaken


async def issue(told: Sequence[Told[PaymentTaken]]) -> Sequence[Sequence[Request]]:
    """Issue the voucher of each order that is paid; one that is sent is none of ours."""
    return [[] if each.event.trouble else [_issued(each)] for each in told]


async def issue_free(told: Sequence[Told[FreeOrderAccepted]]) -> Sequence[Sequence[Request]]:
    """Issue the voucher of each order that costs nothing."""
    return [[_issued(each)] for each in told]


def _issued(told: Told[PaymentTaken] | Told[FreeOrderAccepted]) -> Request:
    order_id = told.event.subject_id
    return IssueVoucher(
        key=told.key("voucher"), book=told.book, actor_id=0, order_id=order_id,
        digests=codes.digests_of(read_secret(), told.book, order_id),
    )  # fmt: skip


Reaction("fulfilment.issue_voucher", PaymentTaken, issue)
Reaction("fulfilment.issue_voucher_of_free", FreeOrderAccepted, issue_free)
