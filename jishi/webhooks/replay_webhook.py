"""Replay a webhook: its program is told again from an event on; one that is off is on again.

Whoever takes a message twice knows it by its id.
"""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries


class ReplayWebhook(Request, frozen=True, kw_only=True):
    """Tell this program again, from the event with this number (from 1) on.

    Refused: `webhook_unknown`, `replay_out_of_bounds`.
    """

    webhook_id: int
    from_number: int


class WebhookReplayed(Event, frozen=True, kw_only=True):
    """The webhook (`subject_id`) is told from this event on, at once."""

    from_number: int


class Known(msgspec.Struct, frozen=True):
    """A webhook of this book, and how many events the book has."""

    webhook_id: int
    events: int


World = dict[int, int]
sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, asked: Sequence[ReplayWebhook]) -> World:
    """Read which of them there are."""
    found = await known(tx, ids=[each.webhook_id for each in asked])
    return {each.webhook_id: each.events for each in found}


def decide(world: World, asked: ReplayWebhook) -> WebhookReplayed | Refused:
    """Accept a number that an event has, or the next one."""
    if asked.webhook_id not in world:
        return Refused("webhook_unknown")
    events = world[asked.webhook_id]
    if not 1 <= asked.from_number <= events + 1:
        return Refused("replay_out_of_bounds", {"number_max": events + 1})
    return WebhookReplayed(subject_id=asked.webhook_id, from_number=asked.from_number)


async def record(tx: Tx, happened: Sequence[Happened[ReplayWebhook, WebhookReplayed]]) -> None:
    """Move them back; of several, the last one holds."""
    places = {event.subject_id: event.from_number - 1 for _, event, _ in happened}
    await write(tx, **columns(list(places.items()), "ids", "places"))


replay_webhook = Act(ReplayWebhook, WebhookReplayed, gather, decide, record)
