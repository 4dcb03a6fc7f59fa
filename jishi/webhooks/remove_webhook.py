"""Remove a webhook: its program is told nothing more."""

from collections.abc import Sequence

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, queries


class RemoveWebhook(Request, frozen=True, kw_only=True):
    """Tell this program nothing more.

    Refused: `webhook_unknown`.
    """

    webhook_id: int


class WebhookRemoved(Event, frozen=True, kw_only=True):
    """The webhook (`subject_id`) is gone, with what was noted of it."""


class Known(msgspec.Struct, frozen=True):
    """A webhook of this book."""

    webhook_id: int


World = set[int]
sql = queries(__file__)
known = sql.many("known", Known)
forget_deliveries = sql.run("forget_deliveries")
forget = sql.run("forget")


async def gather(tx: Tx, asked: Sequence[RemoveWebhook]) -> World:
    """Read which of them there are."""
    found = await known(tx, ids=[each.webhook_id for each in asked])
    return {each.webhook_id for each in found}


def decide(world: World, asked: RemoveWebhook) -> WebhookRemoved | Refused:
    """Accept one that is there."""
    if asked.webhook_id not in world:
        return Refused("webhook_unknown")
    world.remove(asked.webhook_id)
    return WebhookRemoved(subject_id=asked.webhook_id)


async def record(tx: Tx, happened: Sequence[Happened[RemoveWebhook, WebhookRemoved]]) -> None:
    """Forget them."""
    ids = [event.subject_id for _, event, _ in happened]
    await forget_deliveries(tx, ids=ids)
    await forget(tx, ids=ids)


remove_webhook = Act(RemoveWebhook, WebhookRemoved, gather, decide, record)
