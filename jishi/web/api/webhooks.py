"""Webhooks by the API: added, listed, replayed, removed; and how they were told."""

from datetime import UTC, datetime

import msgspec
from litestar import delete, get, post
from litestar.params import FromPath, JSONBody

from jishi import webhooks
from jishi.kernel import Refused, new_id, new_public_id
from jishi.web.api.asking import ask, key_of
from jishi.web.api.problems import MarketRefused
from jishi.web.asked import Asked, house
from jishi.web.caller import caller_of, needs
from jishi.webhooks.views import Delivery, Webhook

DELIVERIES = 100


class NewWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where to tell, and what."""

    url: str
    kinds: list[str]


class Added(msgspec.Struct, frozen=True):
    """The webhook, and the secret that its messages are signed with (Standard Webhooks)."""

    webhook: str
    secret: str


class Again(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From which event on to tell again, by its number."""

    from_number: int


class Webhooks(msgspec.Struct, frozen=True):
    """The webhooks of a shop."""

    items: list[Webhook]


class Deliveries(msgspec.Struct, frozen=True):
    """The last hundred tellings of a webhook, the newest first."""

    items: list[Delivery]


@post("/webhooks", opt=needs("webhooks:write"), status_code=201, summary="Add a webhook")
async def add(request: Asked, data: JSONBody[NewWebhook]) -> Added:
    """Tell an address what happens from now on; the secret is shown here alone."""
    caller = caller_of(request)
    asked = webhooks.AddWebhook(
        key=key_of(request), book=caller.book, actor_id=caller.key_id, webhook_id=new_id(),
        public_id=new_public_id(), url=data.url, kinds=tuple(data.kinds),
        may_be_local=webhooks.sending.may_be_local(),
    )  # fmt: skip
    added = await ask(request, asked, webhooks.WebhookAdded)
    secret = webhooks.secret_of(caller.book, added.public_id)
    return Added(added.public_id, webhooks.rules.shown(secret))


@get("/webhooks", opt=needs("webhooks:write"), summary="List webhooks")
async def list_all(request: Asked) -> Webhooks:
    """List the shop's webhooks, with how far each was told and whether it is off."""
    book = caller_of(request).book
    return Webhooks(await house(request).market.look(webhooks.views.all_webhooks, book=book))


@get("/webhooks/{webhook:str}/deliveries", opt=needs("webhooks:write"), summary="Show tellings")
async def show_deliveries(request: Asked, webhook: FromPath[str]) -> Deliveries:
    """Show how a webhook was told."""
    found = await webhook_of(request, webhook)
    told = await house(request).market.look(
        webhooks.views.deliveries, book=caller_of(request).book, webhook_id=found.webhook_id,
        before=datetime.now(UTC), deliveries_max=DELIVERIES,
    )  # fmt: skip
    return Deliveries(told)


@post(
    "/webhooks/{webhook:str}/replay", opt=needs("webhooks:write"), status_code=200,
    summary="Tell again",
)  # fmt: skip
async def replay(request: Asked, webhook: FromPath[str], data: JSONBody[Again]) -> Again:
    """Tell a webhook again from an event on; one that is off is on again."""
    caller = caller_of(request)
    asked = webhooks.ReplayWebhook(
        key=key_of(request), book=caller.book, actor_id=caller.key_id,
        webhook_id=(await webhook_of(request, webhook)).webhook_id, from_number=data.from_number,
    )  # fmt: skip
    replayed = await ask(request, asked, webhooks.WebhookReplayed)
    return Again(replayed.from_number)


@delete(
    "/webhooks/{webhook:str}", opt=needs("webhooks:write"), status_code=204,
    summary="Remove a webhook",
)  # fmt: skip
async def remove(request: Asked, webhook: FromPath[str]) -> None:
    """Tell a webhook nothing more."""
    caller = caller_of(request)
    asked = webhooks.RemoveWebhook(
        key=key_of(request), book=caller.book, actor_id=caller.key_id,
        webhook_id=(await webhook_of(request, webhook)).webhook_id,
    )  # fmt: skip
    await ask(request, asked, webhooks.WebhookRemoved)


async def webhook_of(asked: Asked, webhook: str) -> Webhook:
    """Find a webhook of the caller's shop by its public id."""
    found = await house(asked).market.look(
        webhooks.views.one_webhook, book=caller_of(asked).book, webhook=webhook
    )
    if found is None:
        raise MarketRefused(Refused("webhook_unknown"))
    return found
