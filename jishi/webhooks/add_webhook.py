"""Add a webhook: from now on a program is told what happens."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from jishi.kernel import Act, Event, Happened, Refused, Request, Tx, columns, queries
from jishi.webhooks import rules

ID_CHARACTERS = 22


class AddWebhook(Request, frozen=True, kw_only=True):
    """Tell these kinds of events to this address; `may_be_local`: it may be this machine's own.

    Refused: `webhook_url_out_of_bounds`, `webhook_kinds_unknown`, `too_many_webhooks`,
    `webhook_id_taken`.
    """

    made: ClassVar[dict[str, object]] = {"webhook_id": 0, "public_id": ""}

    webhook_id: int
    public_id: str
    url: str
    kinds: tuple[str, ...]
    may_be_local: bool = False


class WebhookAdded(Event, frozen=True, kw_only=True):
    """The webhook (`subject_id`) is told what happens from now on."""

    public_id: str
    kinds: list[str]


class Known(msgspec.Struct, frozen=True):
    """A webhook of this book."""

    webhook_id: int
    public_id: str


class World(msgspec.Struct):
    """The webhooks there are."""

    ids: set[int]
    public_ids: set[str]


sql = queries(__file__)
known = sql.many("known", Known)
write = sql.run("write")


async def gather(tx: Tx, _asked: Sequence[AddWebhook]) -> World:
    """Read which webhooks there are: few."""
    found = await known(tx)
    return World({each.webhook_id for each in found}, {each.public_id for each in found})


def decide(world: World, asked: AddWebhook) -> WebhookAdded | Refused:
    """Accept an address outside, for known kinds, while there are few."""
    if not rules.is_url(asked.url, may_be_local=asked.may_be_local):
        return Refused("webhook_url_out_of_bounds")
    if not rules.are_kinds(asked.kinds):
        return Refused("webhook_kinds_unknown", {"kinds": sorted(rules.KINDS.values())})
    if len(world.ids) >= rules.WEBHOOKS_MAX:
        return Refused("too_many_webhooks", {"webhooks_max": rules.WEBHOOKS_MAX})
    is_new = asked.webhook_id > 0 and asked.webhook_id not in world.ids
    is_named = len(asked.public_id) == ID_CHARACTERS and asked.public_id.isascii()
    if not (is_new and is_named) or asked.public_id in world.public_ids | {"\x00" * ID_CHARACTERS}:
        return Refused("webhook_id_taken")
    world.ids.add(asked.webhook_id)
    world.public_ids.add(asked.public_id)
    return WebhookAdded(
        subject_id=asked.webhook_id, public_id=asked.public_id, kinds=list(asked.kinds)
    )


async def record(tx: Tx, happened: Sequence[Happened[AddWebhook, WebhookAdded]]) -> None:
    """Write the webhooks, each past the event of its own adding."""
    rows = [
        (event.subject_id, event.public_id, asked.url, ",".join(event.kinds), number)
        for asked, event, number in happened
    ]
    await write(tx, **columns(rows, "ids", "public_ids", "urls", "kinds", "numbers"))


add_webhook = Act(AddWebhook, WebhookAdded, gather, decide, record)
