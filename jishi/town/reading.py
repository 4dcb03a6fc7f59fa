"""What was read and shared in a run, told as events."""

import numpy as np

from jishi.town.draws import Integers, Purpose
from jishi.town.telling import SHOP, Telling, chosen

QUARTERS = 100.0


def read(told: Telling) -> None:
    """Tell what was read, how far, and what was kept or passed on."""
    traits = told.traits
    opened = told.notes("open")
    cards = opened.more["cards"]
    second = told.hour(opened)
    door = {"entry": opened.more["touched"], "entry_words": ("menu", "msg")}
    article = {"object_type": "article", "object_id": told.town.first_day + opened.day}
    told.put(opened, second, "article.open", **door, **article)
    quality = np.maximum(0, 1 - traits.card_cost * cards)
    for kind, share, purpose in (
        ("article.progress", traits.read_through, Purpose.READ_TO),
        ("article.share", traits.passing_article, Purpose.ARTICLE_SHARE),
        ("article.favourite", traits.keeping_article, Purpose.FAVOURITE),
    ):
        if not told.sheaf.wants(kind):
            continue
        happened = told.lots(opened, purpose) < share * quality
        some = chosen(opened, happened)
        value = QUARTERS if kind == "article.progress" else 0.0
        told.put(
            some, second[happened] + 60, kind, value=np.full(len(some.day), value),
            object_type="article", object_id=told.town.first_day + some.day,
        )  # fmt: skip
    carded = chosen(opened, cards > 0)
    told.put(carded, second[cards > 0] + 20, "card.view", object_type="product", object_id=1)
    told.visit(opened, second)
    _published(told)


def _published(told: Telling) -> None:
    days: Integers = np.arange(told.run.days)
    told.sheaf.put(
        days, np.full(len(days), 7 * 3_600), type="article.publish", shop_id=SHOP,
        object_type="article", object_id=told.town.first_day + days,
        quantity=np.full(len(days), int(told.run.policy.cards)),
    )  # fmt: skip


def shared(told: Telling) -> None:
    """Tell what was shared, who opened it, and who wants no more of it."""
    ids = told.town.ids
    given = told.notes("share")
    told.put(
        given, np.full(len(given.day), 8 * 3_600), "share.create", object_type="share",
        object_id=given.more["number"], share_id=given.more["number"],
        touch_id=given.more["parent"], actor_id=ids[given.person], depth=given.more["depth"],
    )  # fmt: skip
    opened = told.notes("share_open")
    second = told.hour(opened)
    told.put(
        opened, second, "share.open", object_type="share", object_id=opened.more["share"],
        share_id=opened.more["share"], actor_id=ids[opened.more["sharer"]],
        depth=opened.more["depth"], entry="share_friend",
    )  # fmt: skip
    told.visit(opened, second)
    declined = told.notes("decline")
    told.put(
        declined, told.hour(declined), "share.decline", object_type="share",
        actor_id=ids[declined.more["sharer"]],
    )  # fmt: skip
