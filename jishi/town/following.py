"""Who followed a run's shop, at what cost, who left, who asked for quiet; told as events."""

import numpy as np

from jishi.town.draws import Purpose
from jishi.town.prices import DEEP_PERCENT, costs
from jishi.town.telling import SHOP, Telling, chosen
from jishi.town.visiting import SOURCES

HARMS = ("mute_request", "reject", "complaint")
HARMED_UP_TO = np.array([50, 90])
"""Of a hundred who are tired so many ask for quiet, or refuse; the rest complain."""


def came_and_went(told: Telling) -> None:
    """Tell who followed, what each cost, who left, and who asked for quiet."""
    percent = told.run.policy.discount_percent or DEEP_PERCENT
    came = told.notes("follow")
    source = came.more["source"]
    told.put(
        came, told.hour(came), "follow", object_type="account", object_id=SHOP,
        source=source, source_words=SOURCES, amount_fen=costs(SOURCES, percent)[source],
    )  # fmt: skip
    gone = told.notes("leave")
    told.put(gone, told.hour(gone), "unfollow", object_type="account", object_id=SHOP)
    hushed = told.notes("hush")
    kind = np.searchsorted(
        HARMED_UP_TO, (told.lots(hushed, Purpose.HARM) * 100).astype(np.int64), side="right"
    )
    for place, name in enumerate(HARMS):
        some = chosen(hushed, kind == place)
        told.put(some, told.hour(some), name, object_type="contact")
    reminded = told.notes("prompt")
    told.put(reminded, told.hour(reminded), "reorder.prompt", object_type="product", object_id=1)
