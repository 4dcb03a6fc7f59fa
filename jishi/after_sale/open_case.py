"""Open a case: a buyer wants money or other goods for units of a line that he paid."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.after_sale import rules, steps
from jishi.after_sale.apportion import Bought, Claim, claim, left_of, refundable_fen
from jishi.after_sale.steps import Step
from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class OpenCase(Request, frozen=True, kw_only=True):
    """The buyer (`actor_id`) asks; `wanted_fen` is the refund he wants, 0 for all he may.

    Refused: `text_out_of_bounds`, `order_unknown`, `order_not_in_after_sale`, `line_unknown`,
    `kind_unknown`, `case_reason_unknown`, `units_claimed`, `too_many_attempts`,
    `nothing_to_refund`, `refund_out_of_bounds`, `case_id_taken`.
    """

    made: ClassVar[dict[str, object]] = {"case_id": 0, "public_id": ""}

    case_id: int
    public_id: str
    order_id: int
    position: int
    quantity: int
    kind: str
    reason: str
    story: str
    wanted_fen: int


class CaseOpened(Event, frozen=True, kw_only=True):
    """The case (`subject_id`) waits for the seller."""

    order_id: int
    claim: Claim
    refund_fen: int
    is_shipped: bool


class Order(msgspec.Struct):
    """An order as after-sale sees it; `left_fen` of its money is neither back nor owed."""

    order_id: int
    buyer_id: int
    state: str
    freight_fen: int
    left_fen: int


class LineOfOrder(msgspec.Struct, frozen=True):
    """A line: what was bought, and paid for it."""

    order_id: int
    position: int
    quantity: int
    paid_fen: int
    sent: int


class CaseOfOrder(msgspec.Struct, frozen=True):
    """A case that there is already; `is_claiming` while it stands for its units."""

    order_id: int
    position: int
    quantity: int
    goods_fen: int
    freight_fen: int
    attempts: int
    is_claiming: bool


class Taken(msgspec.Struct, frozen=True):
    """An id or an address that is in use."""

    case_id: int
    public_id: str


class World(msgspec.Struct):
    """The orders, their lines, what is claimed of them, how often each line was asked about."""

    orders: dict[int, Order]
    bought: dict[int, dict[int, Bought]]
    sent: dict[tuple[int, int], int]
    claims: dict[int, list[Claim]]
    asked: Counter[tuple[int, int]]
    taken: set[int | str]


sql = queries(__file__)
read_orders = sql.many("read_orders", Order)
read_lines = sql.many("read_lines", LineOfOrder)
read_cases = sql.many("read_cases", CaseOfOrder)
read_taken = sql.many("read_taken", Taken)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[OpenCase]) -> World:
    """Read the orders with all that was asked about them."""
    order_ids = sorted({each.order_id for each in asked})
    orders = {each.order_id: each for each in await read_orders(tx, order_ids=order_ids)}
    world = World(orders, {each: {} for each in orders}, {}, {each: [] for each in orders},
                  Counter(), set())  # fmt: skip
    for line in await read_lines(tx, order_ids=order_ids):
        world.bought[line.order_id][line.position] = Bought(line.quantity, line.paid_fen)
        world.sent[line.order_id, line.position] = line.sent
    for case in await read_cases(tx, order_ids=order_ids):
        world.asked[case.order_id, case.position] += case.attempts
        if case.is_claiming:
            world.claims[case.order_id].append(
                Claim(case.position, case.quantity, case.goods_fen, case.freight_fen)
            )
    public_ids = [each.public_id for each in asked if rules.is_text(each.public_id, 40)]
    for taken in await read_taken(
        tx, case_ids=[each.case_id for each in asked], public_ids=public_ids
    ):
        world.taken |= {taken.case_id, taken.public_id}
    return world


def decide(world: World, asked: OpenCase) -> CaseOpened | Refused:
    """Accept what is left of a line of the buyer's own order, while after-sale is open."""
    order = world.orders.get(asked.order_id)
    if order is None or order.buyer_id != asked.actor_id:
        return Refused("order_unknown")
    if reason := _reason_against(world, order, asked):
        return reason
    is_shipped = rules.is_sent(order.state, world.sent[order.order_id, asked.position])
    claims = world.claims[order.order_id]
    made = claim(
        left_of(world.bought[order.order_id], claims),
        order.freight_fen - sum(each.freight_fen for each in claims),
        asked.position,
        asked.quantity,
        is_shipped=is_shipped,
    )
    most_fen = min(refundable_fen(made, asked.reason, is_shipped=is_shipped), order.left_fen)
    refund_fen = granted_fen(asked.kind, asked.wanted_fen, most_fen)
    if isinstance(refund_fen, Refused):
        return refund_fen
    claims.append(made)
    order.left_fen -= refund_fen
    world.asked[asked.order_id, asked.position] += 1
    world.taken |= {asked.case_id, asked.public_id}
    return CaseOpened(
        subject_id=asked.case_id, order_id=order.order_id, claim=made, refund_fen=refund_fen,
        is_shipped=is_shipped,
    )  # fmt: skip


def _reason_against(world: World, order: Order, asked: OpenCase) -> Refused | None:  # noqa: PLR0911 - one a reason
    if order.state not in rules.SHIPPED | rules.UNSHIPPED:
        return Refused("order_not_in_after_sale", {"state": order.state})
    line = left_of(world.bought[order.order_id], world.claims[order.order_id]).get(asked.position)
    if line is None:
        return Refused("line_unknown")
    is_shipped = rules.is_sent(order.state, world.sent[order.order_id, asked.position])
    if wrong := wrong_wish(asked.kind, asked.reason, asked.story, is_shipped=is_shipped):
        return wrong
    if not 1 <= asked.quantity <= line.quantity:
        return Refused("units_claimed", {"left": line.quantity})
    if world.asked[asked.order_id, asked.position] >= rules.ATTEMPTS_MAX:
        return Refused("too_many_attempts", {"attempts_max": rules.ATTEMPTS_MAX})
    is_address = rules.is_text(asked.public_id, 40)
    if asked.case_id <= 0 or not is_address or {asked.case_id, asked.public_id} & world.taken:
        return Refused("case_id_taken")
    return None


def wrong_wish(kind: str, reason: str, story: str, *, is_shipped: bool) -> Refused | None:
    """Give what is wrong with what a buyer wants and why, or none."""
    if kind not in rules.kinds(is_shipped=is_shipped):
        return Refused("kind_unknown")
    if reason not in rules.reasons(kind, is_shipped=is_shipped):
        return Refused("case_reason_unknown")
    if not rules.is_text(story, rules.TEXT_CHARACTERS_MAX, may_be_empty=True):
        return Refused("text_out_of_bounds", {"characters_max": rules.TEXT_CHARACTERS_MAX})
    return None


def granted_fen(kind: str, wanted_fen: int, most_fen: int) -> int | Refused:
    """Give what a case refunds when it comes to that: what is wanted, up to the most."""
    if kind == "exchange":
        return most_fen
    if most_fen == 0:
        return Refused("nothing_to_refund")
    if not 0 <= wanted_fen <= most_fen:
        return Refused("refund_out_of_bounds", {"most_fen": most_fen})
    return wanted_fen or most_fen


async def record(tx: Tx, happened: Sequence[Happened[OpenCase, CaseOpened]]) -> None:
    """Write the cases and their first step."""
    rows = [
        (
            asked.case_id, asked.public_id, asked.order_id, asked.position, asked.actor_id,
            asked.kind, asked.reason, asked.story, asked.quantity, event.claim.goods_fen,
            event.claim.freight_fen, event.refund_fen, event.is_shipped,
        )
        for asked, event, _ in happened
    ]  # fmt: skip
    names = (
        "case_ids", "public_ids", "order_ids", "positions", "buyer_ids", "kinds", "reasons",
        "stories", "quantities", "goods", "freights", "refunds", "shipped",
    )  # fmt: skip
    await write(tx, **columns(rows, *names))
    await steps.step(
        tx,
        [
            Step(n, asked.case_id, rules.FIRST, "buyer", asked.actor_id, "opened", asked.story)
            for asked, _, n in happened
        ],
    )


open_case = Act(OpenCase, CaseOpened, gather, decide, record)
