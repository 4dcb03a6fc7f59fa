"""Unfreezing: what is left of a payment becomes the merchant's own."""

import msgspec

from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.calls import PayCall
from jishi.sandbox.doors import pay
from jishi.sandbox.pay import refusals
from jishi.sandbox.pay.rules import shown
from jishi.sandbox.sharing import rules
from jishi.sandbox.sharing.names import new_number
from jishi.sandbox.sharing.sharing import (
    NOT_SHARED,
    NUMBER_MAX,
    TOO_EARLY,
    WORDS_MAX,
    Sharing,
    ShownShare,
    ShownSharing,
    begin,
    find,
    locked_pot,
    show,
)


class Unfreezing(Asked, frozen=True):
    """A request to let go of what is left."""

    transaction_id: str
    out_order_no: str
    description: str


@pay("POST", "/v3/profitsharing/orders/unfreeze")
async def unfreeze(call: PayCall, asked: Unfreezing) -> ShownSharing | Refusal:
    """Let go of what is left. Under a number that is in use it answers well and does nothing."""
    if refusal := _fault(asked):
        return refusal
    mchid = call.merchant.mchid
    pot = await locked_pot(call, asked.transaction_id, asked.out_order_no)
    if pot is None:
        return refusals.no_paid_order
    if known := await find(call, asked.out_order_no):
        return await show(call.tx, known)
    if not pot.is_sharing:
        return NOT_SHARED
    if call.now < pot.paid_at + rules.WAIT:
        return TOO_EARLY
    left = rules.left_fen(pot, call.now)
    whole = msgspec.json.encode(asked).decode()
    made = Sharing(
        new_number("3008", call.now), mchid, pot.transaction_id, asked.out_order_no, whole,
        is_unfreezing=True, made_at=call.now, finished_at=None,
    )  # fmt: skip
    await begin(call.tx, made, [], is_unfreezing_rest=True)
    answer, at = await show(call.tx, made), shown(call.now)
    own = ShownShare(left, asked.description, rules.MERCHANT, mchid, "PENDING", at, at)
    return msgspec.structs.replace(answer, receivers=[own] if left else [])


def _fault(asked: Unfreezing) -> Refusal | None:
    if not 1 <= len(asked.out_order_no) <= NUMBER_MAX:
        return bad_parameter("/out_order_no", f"长度为1-{NUMBER_MAX}")
    if not 1 <= len(asked.description) <= WORDS_MAX:
        return bad_parameter("/description", f"长度为1-{WORDS_MAX}")
    return None
