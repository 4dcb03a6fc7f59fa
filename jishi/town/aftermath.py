"""What becomes of an order: paid, sent, received, disputed, settled, reconciled; told as events."""

import numpy as np

from jishi.gauges.vocabulary import ENTRIES
from jishi.town.diary import Notes
from jishi.town.draws import Flags, Integers, Purpose
from jishi.town.prices import BASKETS, priced
from jishi.town.telling import Telling, chosen

DAY = 86_400
SENT_AFTER, LATE_AFTER = DAY // 2, 4 * DAY
ON_THE_WAY, TO_COMPLETE = 2 * DAY, 7 * DAY
SETTLED_LATE = 3 * DAY
STAR_SHARES = np.array([0.02, 0.05, 0.15, 0.4])
REVIEWING = 0.2


def ordered(told: Telling, sent: Notes) -> None:
    """Tell every order from its placing to its settlement."""
    orders = told.notes("order")
    second = 20 + told.hour(orders)
    number = 1 + np.arange(len(orders.day))
    fen = priced(orders.more["basket"])
    columns = _of_an_order(told, orders, number, fen)
    told.visit(orders, second - 10)
    told.put(orders, second, "order.place", **columns)
    told.put(orders, second + 20, "pay.start", **columns)
    is_paid = orders.more["paid"] > 0
    unpaid = _only(columns, ~is_paid)
    told.put(chosen(orders, ~is_paid), second[~is_paid] + 900, "order.cancel", **unpaid)
    paid, second = chosen(orders, is_paid), second[is_paid] + 40
    columns = _only(columns, is_paid)
    touch = _touches(told, paid, sent)
    told.put(paid, second, "order.pay", **columns | {"touch_id": touch})
    _carried_out(told, paid, second, columns)


def _of_an_order(
    told: Telling, orders: Notes, number: Integers, fen: Integers
) -> dict[str, object]:
    sharer = orders.more["sharer"]
    return {
        "object_type": "order",
        "object_id": number,
        "amount_fen": fen,
        "quantity": np.array([len(basket.items) for basket in BASKETS])[orders.more["basket"]],
        "entry": orders.more["entry"],
        "entry_words": ENTRIES,
        "share_id": orders.more["share"],
        "actor_id": np.where(sharer > 0, told.town.ids[sharer - 1], 0),
        "depth": orders.more["depth"],
    }


def _only(columns: dict[str, object], which: Flags) -> dict[str, object]:
    return {
        name: column[which] if isinstance(column, np.ndarray) else column
        for name, column in columns.items()
    }


def _touches(told: Telling, paid: Notes, sent: Notes) -> Integers:
    """Give the last contact before each order that came by a message; contacts are in order."""
    touch = np.zeros(len(paid.day), np.int64)
    if len(sent.day) == 0:
        return touch
    days = told.run.days + 1
    keys = sent.person * days + sent.day
    order = np.argsort(keys, kind="stable")
    place = np.searchsorted(keys[order], paid.person * days + paid.day, side="right") - 1
    last = order[np.maximum(place, 0)]
    is_his = (place >= 0) & (sent.person[last] == paid.person)
    by_message = paid.more["entry"] == ENTRIES.index("msg")
    touch[is_his & by_message] = last[is_his & by_message] + 1
    return touch


def _carried_out(told: Telling, paid: Notes, second: Integers, columns: dict[str, object]) -> None:
    traits = told.traits
    order = {"object_type": "order", "object_id": columns["object_id"]}
    money = order | {"amount_fen": columns["amount_fen"]}
    is_late = told.lots(paid, Purpose.LATE) < traits.late
    shipped = second + np.where(is_late, LATE_AFTER, SENT_AFTER)
    told.put(paid, shipped, "shipment.ship", **order)
    is_lost = told.lots(paid, Purpose.LOST) < traits.lost
    kept, held = chosen(paid, ~is_lost), _only(order, ~is_lost)
    received = shipped + ON_THE_WAY
    told.put(kept, received[~is_lost], "shipment.receive", **held)
    told.put(kept, received[~is_lost] + TO_COMPLETE, "order.complete", **held)
    _put_right(told, paid, received, money)
    due = received + TO_COMPLETE
    told.put(paid, due, "settle.due", **money)
    is_behind = told.lots(paid, Purpose.SETTLED) < traits.settled_late
    told.put(paid, due + np.where(is_behind, SETTLED_LATE, 3_600), "settle.paid", **money)
    _reconciled(told, paid, second, money)


def _put_right(told: Telling, paid: Notes, received: Integers, money: dict[str, object]) -> None:
    """Tell who disputes what was bad, who gets his money back, and what buyers say of it."""
    traits = told.traits
    is_bad = paid.more["good"] == 0
    is_disputed = is_bad & (told.lots(paid, Purpose.DISPUTE) < traits.disputing)
    told.put(
        chosen(paid, is_disputed), received[is_disputed] + DAY, "order.dispute",
        **_only(money, is_disputed),
    )  # fmt: skip
    is_fake = is_disputed & (told.lots(paid, Purpose.FAKE) < traits.fake)
    told.put(chosen(paid, is_fake), received[is_fake] + DAY, "complaint", object_type="contact")
    is_back = is_disputed & (told.lots(paid, Purpose.REFUND) < traits.refunding)
    told.put(
        chosen(paid, is_back), received[is_back] + 2 * DAY, "order.refund", **_only(money, is_back)
    )
    is_said = told.lots(paid, Purpose.REVIEWED) < REVIEWING
    stars = 1.0 + np.searchsorted(STAR_SHARES, told.lots(paid, Purpose.REVIEW), side="right")
    stars = np.where(is_bad, 1.0, stars)
    told.put(
        chosen(paid, is_said), received[is_said] + DAY // 2, "review.post",
        value=stars[is_said], **_only(money, is_said),
    )  # fmt: skip


def _reconciled(told: Telling, paid: Notes, second: Integers, money: dict[str, object]) -> None:
    """Tell where our books and the bank's differed on the next day, and what was explained."""
    traits = told.traits
    is_broken = told.lots(paid, Purpose.BROKEN) < traits.breaks
    broken = chosen(paid, is_broken)
    columns = _only(money, is_broken) | {"object_type": "difference"}
    told.put(broken, second[is_broken] + DAY, "recon.break", **columns)
    is_clear = told.lots(broken, Purpose.CLEARED) >= traits.unexplained
    told.put(
        chosen(broken, is_clear), second[is_broken][is_clear] + 3 * DAY, "recon.clear",
        **_only(columns, is_clear),
    )  # fmt: skip
