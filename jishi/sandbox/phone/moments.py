"""Moments: what a person shows to everybody here, and who liked it."""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import queries
from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.articles.reading import share_article
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.cast import person_of
from jishi.sandbox.doors import control
from jishi.sandbox.phone.rooms import NEWEST, number
from jishi.sandbox.phone.shown import PLACE, Shown, article_of, as_json, objection

MOMENTS_MAX = 30


class Moment(Struct, frozen=True):
    """What somebody showed, and the names of those who liked it."""

    moment_id: int
    person_id: int
    name: str
    avatar: str
    kind: str
    content: Shown
    likers: list[str]
    posted_at: datetime


class Posted(Struct, frozen=True):
    """The number of what was just posted."""

    moment_id: int


class NewMoment(Asked, frozen=True):
    """What somebody shows."""

    person_id: int
    kind: str
    content: Shown


class Liking(Asked, frozen=True):
    """Who likes it; liking twice is taking it back."""

    person_id: int


class Moments(Struct, frozen=True):
    """What was shown, the newest first."""

    moments: list[Moment]


sql = queries(__file__)
add_moment = sql.one("add_moment", Posted)
moments_before = sql.many("moments_before", Moment)
like = sql.one("like", Posted)
unlike = sql.run("unlike")


@control("POST", "/sandbox/moments")
async def post_moment(call: ControlCall, asked: NewMoment) -> Posted | Refusal:
    """Show something to everybody."""
    if await person_of(call.tx, asked.person_id) is None:
        return bad_parameter("/person_id", "nobody has this id")
    if asked.kind == PLACE:
        return bad_parameter("/kind", "a place is shown in a chat only")
    if refusal := objection(asked.kind, asked.content):
        return refusal
    if slug := article_of(call.world, asked.content):
        await share_article(call.tx, asked.person_id, slug, "moments")
    content = as_json(asked.content)
    posted = await add_moment(
        call.tx, person_id=asked.person_id, kind=asked.kind, content=content
    )  # fmt: skip
    assert posted is not None
    return posted


@control("POST", "/sandbox/moments/{moment_id}/likes")
async def like_moment(call: ControlCall, asked: Liking) -> None:
    """Like something, or take the liking back."""
    moment_id = number(call.path["moment_id"])
    if await like(call.tx, moment_id=moment_id, person_id=asked.person_id) is None:
        await unlike(call.tx, moment_id=moment_id, person_id=asked.person_id)


@control("GET", "/sandbox/moments")
async def list_moments(call: ControlCall) -> Moments:
    """List what was shown; `?before=` leads on."""
    before = number(call.query.get("before", ""), NEWEST)
    return Moments(await moments_before(call.tx, before=before, moments_max=MOMENTS_MAX))
