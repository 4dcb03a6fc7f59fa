"""What is shown of webhooks. Read with `book=`."""

from datetime import datetime

import msgspec

from jishi.kernel import queries


class Webhook(msgspec.Struct, frozen=True):
    """A webhook; times in UTC. `place` is the number of the last event it is past."""

    webhook_id: int
    webhook: str
    url: str
    kinds: list[str]
    place: int
    failures: int
    added_at: datetime
    off_at: datetime | None


class Delivery(msgspec.Struct, frozen=True):
    """One telling: of which event, when, how it was answered (0: not at all)."""

    tried_at: datetime
    number: int
    kind: str
    status: int
    took_ms: int
    trouble: str


sql = queries(__file__)
all_webhooks = sql.many("all_webhooks", Webhook)
one_webhook = sql.one("one_webhook", Webhook)
deliveries = sql.many("deliveries", Delivery)
