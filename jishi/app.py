"""The whole market as one application: every trade is known, and the pages ask it."""

import os

from litestar import Litestar

from jishi import (
    access,
    after_sale,
    discovery,
    evidence,
    fulfilment,
    objections,
    people,
    staff,
    telling,
    town,
    trade,
    web,
    webhooks,
)
from jishi.kernel import Market

TRADES = (
    access,
    people,
    trade,
    fulfilment,
    after_sale,
    discovery,
    webhooks,
    staff,
    telling,
    evidence,
    objections,
    town,
)
"""Importing a trade makes its acts, reactions and schedules known."""


def create() -> Litestar:
    """Build the application of one server process from its environment."""
    url = os.environ.get("JISHI_DATABASE_URL")
    if not url:
        raise SystemExit("JISHI_DATABASE_URL is not set; `jishi up` sets it, and starts all.")
    return web.create(Market(url))
