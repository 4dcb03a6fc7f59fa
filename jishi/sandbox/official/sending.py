"""Broadcasts go out: to whom, and what is told of it afterwards."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox.alarms import alarm
from jishi.sandbox.articles.reading import articles_of_broadcast
from jishi.sandbox.cast import account_of
from jishi.sandbox.official.chat import BROADCAST, Content, say_to_all
from jishi.sandbox.official.limits import amount, month_begin
from jishi.sandbox.official.push import push_event
from jishi.sandbox.official.push_text import Fields, Rows

if TYPE_CHECKING:
    from jishi.sandbox.world import World

SEND_ALARM, SEND_AFTER = "broadcast.send", timedelta(seconds=2)


class Aim(Struct, frozen=True):
    """How many a broadcast is for, and whom of them it reaches."""

    targets: int
    person_ids: list[int]


class Going(Struct, frozen=True):
    """A broadcast that is to go out."""

    msg_id: int
    appid: str
    kind: str
    content: Content
    is_to_all: bool
    tag_id: int | None
    person_ids: list[int]


sql = queries(__file__)
aim = sql.one("aim", Aim)
going = sql.one("going", Going)
mark_sent = sql.run("mark_sent")


async def recipients(tx: Tx, appid: str, tag_id: int | None, person_ids: Sequence[int]) -> Aim:
    """Find whom a broadcast reaches: fans who take messages and had less than four this month."""
    found = await aim(
        tx, appid=appid, tag_id=tag_id, person_ids=person_ids,
        month_begins_at=month_begin(tx.now), month_max=amount("broadcast.person", tx.now),
    )  # fmt: skip
    assert found is not None
    return found


@alarm(SEND_ALARM)
async def send_out(_world: "World", tx: Tx, subject: str) -> None:
    """Send a broadcast, and tell the account how it went."""
    found = await going(tx, msg_id=int(subject))
    if found is None:
        return
    aimed = await recipients(tx, found.appid, found.tag_id, found.person_ids)
    await say_to_all(
        tx, found.appid, aimed.person_ids, BROADCAST, found.kind, found.content, about=subject
    )
    sent = len(aimed.person_ids)
    await mark_sent(tx, msg_id=found.msg_id)
    account = await account_of(tx, found.appid)
    assert account is not None
    links = await articles_of_broadcast(tx, found.appid, found.msg_id)
    rows: tuple[Fields, ...] = tuple(
        (("ArticleIdx", place), ("ArticleUrl", url)) for place, url in enumerate(links, start=1)
    )
    result: Fields = (("item", Rows(rows)),)
    urls: Fields = (("Count", len(links)), ("ResultList", result))
    told: Fields = (
        ("MsgID", found.msg_id), ("Status", "send success"), ("TotalCount", aimed.targets),
        ("FilterCount", sent), ("SentCount", sent), ("ErrorCount", 0), ("ArticleUrlResult", urls),
    )  # fmt: skip
    await push_event(tx, account, account.original_id, "MASSSENDJOBFINISH", told)
