"""Rooms: friends talk in pairs and in groups, and pass each other links and pictures."""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import Tx, queries
from jishi.sandbox import reading
from jishi.sandbox.answers import Asked, Refusal, bad_parameter
from jishi.sandbox.articles.reading import share_article
from jishi.sandbox.calls import ControlCall
from jishi.sandbox.cast import person_of
from jishi.sandbox.doors import control
from jishi.sandbox.phone.shown import Shown, article_of, as_json, objection

PEOPLE_MAX = 50
LINES_MAX = 60
NAME_MAX = 30
PAIR = 2
NEWEST = 2**62


class Room(Struct, frozen=True):
    """Where friends talk; a pair has no name of its own."""

    room_id: int
    name: str


class Friend(Struct, frozen=True):
    """Somebody in a room."""

    person_id: int
    name: str
    avatar: str


class Line(Struct, frozen=True):
    """What was said in a room, and by whom."""

    message_id: int
    person_id: int
    name: str
    avatar: str
    kind: str
    content: Shown
    said_at: datetime


class Said(Struct, frozen=True):
    """The number of what was just said."""

    message_id: int


class NewRoom(Asked, frozen=True):
    """A room to open; two people without a name are a pair."""

    person_ids: list[int]
    name: str = ""


class NewLine(Asked, frozen=True):
    """What somebody says in a room."""

    person_id: int
    kind: str
    content: Shown


class Lines(Struct, frozen=True):
    """What was said, the newest first."""

    messages: list[Line]


sql = queries(__file__)
room_by_id = sql.one("room_by_id", Room)
room_by_pair = sql.one("room_by_pair", Room)
add_room = sql.one("add_room", Room)
join = sql.run("join")
room_friends = sql.many("room_friends", Friend)
room_lines = sql.many("room_lines", Line)
add_line = sql.one("add_line", Said)


async def pair_of(tx: Tx, one: int, other: int) -> Room:
    """Give the room of two people; it is opened when they first need it."""
    pair = f"{min(one, other)}:{max(one, other)}"
    room = await room_by_pair(tx, pair=pair)
    if room is None:
        room = await add_room(tx, name="", pair=pair)
        assert room is not None
        await join(tx, room_id=room.room_id, person_ids=[one, other])
    return room


@control("POST", "/sandbox/rooms")
async def open_room(call: ControlCall, asked: NewRoom) -> Room | Refusal:
    """Open a group, or give the room of a pair."""
    people = sorted(set(asked.person_ids))
    if not PAIR <= len(people) <= PEOPLE_MAX:
        return bad_parameter("/person_ids", f"from {PAIR} to {PEOPLE_MAX} people")
    for person_id in people:
        if await person_of(call.tx, person_id) is None:
            return bad_parameter("/person_ids", f"nobody is {person_id}")
    if len(people) == PAIR and not asked.name:
        return await pair_of(call.tx, *people)
    if not 1 <= len(asked.name) <= NAME_MAX:
        return bad_parameter("/name", f"from 1 to {NAME_MAX} letters")
    room = await add_room(call.tx, name=asked.name, pair=None)
    assert room is not None
    await join(call.tx, room_id=room.room_id, person_ids=people)
    return room


@control("POST", "/sandbox/rooms/{room_id}/messages")
async def say_in_room(call: ControlCall, asked: NewLine) -> Said | Refusal:
    """Say something in a room that one is in."""
    room_id = number(call.path["room_id"])
    friends = await room_friends(call.tx, room_id=room_id)
    if asked.person_id not in {friend.person_id for friend in friends}:
        return Refusal(404, "NOT_FOUND", "this person is not in this room")
    if refusal := objection(asked.kind, asked.content):
        return refusal
    if slug := article_of(call.world, asked.content):
        room = await room_by_id(call.tx, room_id=room_id, person_id=asked.person_id)
        scene = "group" if room and room.name else "friend"
        await share_article(call.tx, asked.person_id, slug, scene)
    said = await add_line(
        call.tx, room_id=room_id, person_id=asked.person_id, kind=asked.kind,
        content=as_json(asked.content),
    )  # fmt: skip
    assert said is not None
    return said


@control("GET", "/sandbox/rooms/{room_id}/messages")
async def list_lines(call: ControlCall) -> Lines:
    """List what was said in a room; `?before=` leads on."""
    before = number(call.query.get("before", ""), NEWEST)
    room_id = number(call.path["room_id"])
    found = await room_lines(call.tx, room_id=room_id, before=before, lines_max=LINES_MAX)
    return Lines(found)


def number(told: str, otherwise: int = 0) -> int:
    """Give the number in an address; one that is none finds nothing."""
    found = reading.number(told)
    return otherwise if found is None else found
