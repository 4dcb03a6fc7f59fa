"""Word of mouth: what is shared goes along the ties, is seen, opened, bought and passed on."""

from typing import NamedTuple

import numpy as np
from msgspec import Struct

from jishi.town.buying import DOOR, Bought, Here, buy
from jishi.town.draws import Bytes, Flags, Integers, Purpose, rare
from jishi.town.graph import STRENGTHS, Graph, rows_of
from jishi.town.people import Town
from jishi.town.rules import SHARE_SEEN, TOUCH
from jishi.town.visiting import SOURCE, come

MUTED, STIFF = 1, 2
DEPTH_MAX = 8
WEEK = 7


class Shares(NamedTuple):
    """What is shared on a day: by whom, after which share, so many hands from the first."""

    by: Integers
    parent: Integers
    depth: Integers


class Ties(Struct, eq=False):
    """What a tie has come to: muted, stiff; and the numbers that shares are given."""

    marks: Bytes
    next_share: int = 1


class Seen(NamedTuple):
    """Shares before people's eyes: the tie, who sees, whose share it is (a place among them)."""

    tie: Integers
    who: Integers
    share: Integers


def none_shared() -> Shares:
    return Shares(*(np.zeros(0, np.int64) for _ in Shares._fields))


def joined(*several: Shares) -> Shares:
    return Shares(*(np.concatenate(columns) for columns in zip(*several, strict=True)))


def first_hand(by: Integers) -> Shares:
    nothing = np.zeros(len(by), np.int64)
    return Shares(by, nothing, nothing + 1)


def posts(town: Town, day: int) -> Shares:
    """Give who of those who sell in their circle posts today."""
    lot = rare(town.seed, day, town.sellers, Purpose.POST)
    return first_hand(town.sellers[lot < town.traits.posting])


def spread(here: Here, town: Town, ties: Ties, shared: Shares) -> Shares:
    """Show the day's shares to friends; give what those pass on, for tomorrow."""
    shared = _within_quota(here, shared)
    count = len(shared.by)
    numbers = np.arange(ties.next_share, ties.next_share + count)
    ties.next_share += count
    here.diary.count(here.day, "shares", count)
    here.diary.note(here.day, "share", shared.by, numbers, shared.parent, shared.depth)
    seen, opened = _looked_at(here, town.ties, ties, shared)
    _count_given(here, shared)
    _decline(here, ties, seen, shared)
    here.diary.count(here.day, "share_opens", len(opened.who))
    here.diary.note(
        here.day,
        "share_open",
        opened.who,
        numbers[opened.share],
        shared.by[opened.share],
        shared.depth[opened.share],
    )
    return _taken_up(here, ties, (shared, numbers, opened))


def _within_quota(here: Here, shared: Shares) -> Shares:
    """Drop what is above the week's quota; one share a person and day."""
    quota = here.some.quota
    if here.day % WEEK == 0:
        quota[:] = 0
    by, place = np.unique(shared.by, return_index=True)
    place = place[quota[by] < here.dial.quota[by]]
    quota[shared.by[place]] += 1
    return Shares(*(column[place] for column in shared))


def _count_given(here: Here, shared: Shares) -> None:
    here.some.given[shared.by] += 1


def _looked_at(here: Here, graph: Graph, ties: Ties, shared: Shares) -> tuple[Seen, Seen]:
    """Say who sees what and who opens it: the closer, the fresher, the less worn the sharer."""
    some, traits = here.some, here.traits
    tie, share = rows_of(graph, shared.by)
    lot = rare(here.seed, here.day, tie, Purpose.SEEN)
    is_seen = (lot < traits.seeing) & ((ties.marks[tie] & MUTED) == 0)
    seen = Seen(tie[is_seen], graph.friends[tie[is_seen]].astype(np.int64), share[is_seen])
    standing = (1.0 + some.given[shared.by]) ** -traits.wear
    attention = np.exp(
        -traits.tired_reading * some.fast[seen.who] - traits.weary_reading * some.slow[seen.who]
    )
    stiff = np.where(ties.marks[seen.tie] & STIFF, traits.stiffness, 1.0)
    close = graph.strengths[seen.tie] / STRENGTHS
    chance = traits.opening * close * standing[seen.share] * attention * stiff
    is_opened = lot[is_seen] < traits.seeing * chance
    tired = traits.share_tiring * (1.2 - close)
    np.add.at(some.fast, seen.who, tired.astype(np.float32))
    opened = Seen(*(column[is_opened] for column in seen))
    # Charged afterwards: a friend's share delays the shop, never the friend.
    np.subtract.at(some.tokens, opened.who, np.float32(SHARE_SEEN / TOUCH))
    return seen, opened


def _decline(here: Here, ties: Ties, seen: Seen, shared: Shares) -> None:
    """Let the tired mute a friend: the less close, the sooner."""
    traits = here.traits
    chance = traits.declining * np.exp(traits.leaving_tired * here.some.fast[seen.who])
    is_declined = rare(here.seed, here.day, seen.tie, Purpose.DECLINE) < chance
    ties.marks[seen.tie[is_declined]] |= MUTED
    here.diary.count(here.day, "declines", int(is_declined.sum()))
    who, share = seen.who[is_declined], seen.share[is_declined]
    here.diary.note(here.day, "decline", who, shared.by[share])


def _taken_up(here: Here, ties: Ties, of: tuple[Shares, Integers, Seen]) -> Shares:
    """Let those who opened buy, follow and pass on; a purchase that is told may stiffen a tie."""
    shared, numbers, opened = of
    some, traits, dial = here.some, here.traits, here.dial
    # A person answers to one share a day: the first of those opened.
    _, place = np.unique(opened.who, return_index=True)
    tie, who, share = (column[place] for column in opened)
    pull = np.where(dial.named[who], traits.name_pull, 1.0)
    eager = np.exp(-traits.tired_buying * some.fast[who]) * (0.3 + some.trust[who])
    buys = here.lots(who, Purpose.SHARE_BUY) < traits.share_buying * pull * eager
    depth = shared.depth[share]
    goods = Bought(
        who[buys],
        np.full(int(buys.sum()), DOOR["share_friend"]),
        numbers[share][buys],
        shared.by[share][buys] + 1,
        depth[buys],
    )
    tells = buy(here, goods)
    ties.marks[tie[buys][dial.told[goods.who] > 0]] |= STIFF
    _follow(here, who)
    passes = here.lots(who, Purpose.PASSED_ON) < traits.passing_on
    passes[np.flatnonzero(buys)[tells]] = True
    passes &= depth < DEPTH_MAX
    return Shares(who[passes], numbers[share][passes], depth[passes] + 1)


def _follow(here: Here, who: Integers) -> None:
    """Let some of those whom a friend brought follow; who left once, seldom."""
    some, traits = here.some, here.traits
    forgiving = np.where(some.left[who] > 0, traits.forgiving, 1.0)
    comes: Flags = (some.follows[who] == 0) & (
        here.lots(who, Purpose.SHARE_FOLLOW) < traits.share_following * forgiving
    )
    come(here, who[comes], SOURCE["friend"])
