"""Where a need is met, what a purchase leaves behind, and who tells his friends of it."""

from typing import NamedTuple

import numpy as np
from msgspec import Struct

from jishi.gauges.vocabulary import ENTRIES
from jishi.town.dials import Dials
from jishi.town.diary import Diary
from jishi.town.draws import Flags, Integers, Purpose, Singles, rare
from jishi.town.people import People
from jishi.town.prices import chosen_baskets, commission, priced
from jishi.town.traits import Traits

DOOR = {name: place for place, name in enumerate(ENTRIES)}
OWN_DOORS = np.array([DOOR[name] for name in ("direct", "menu", "search", "favourite")])
OWN_SHARES = np.array([0.35, 0.6, 0.85, 1.0])
"""How those who come by themselves come, added up; who has bought before, by his orders too."""
BY_ORDERS = 0.3
RECENT = 0.34
"""A reminder is that fresh for three days: the last touch is credited so long."""


class Here(Struct, frozen=True, eq=False):
    """Where and when: the people at hand, from which number on, on which day, who notes it."""

    traits: Traits
    seed: int
    day: int
    first: int
    some: People
    dial: Dials
    diary: Diary

    def lots(self, who: Integers, purpose: Purpose) -> Singles:
        return rare(self.seed, self.day, who + self.first, purpose).astype(np.float32)


class Bought(NamedTuple):
    """Purchases: who, by which door, and through which share, whose, how deep; 0 none."""

    who: Integers
    door: Integers
    share: Integers
    sharer: Integers
    depth: Integers


def without_share(who: Integers, door: Integers) -> Bought:
    nothing = np.zeros(len(who), np.int64)
    return Bought(who, door, nothing, nothing, nothing)


def choose(here: Here, who: Integers) -> tuple[Integers, Integers]:
    """Say of those in need who buys here, and by which door; the others buy elsewhere."""
    some, traits = here.some, here.traits
    pull = (
        traits.choose
        + traits.choose_habit * (some.habit[who] - some.elsewhere[who])
        + traits.choose_trust * some.trust[who]
        + traits.choose_reminded * some.reminded[who]
        + traits.choose_following * some.follows[who]
        + traits.choose_recommended * here.dial.recommended[who]
    )
    is_here = here.lots(who, Purpose.CHOICE) < some.keen[who] / (1 + np.exp(-pull))
    away, stays = who[~is_here], who[is_here]
    some.elsewhere[away] += traits.habit_gain * (1 - some.elsewhere[away])
    some.habit[away] *= 1 - traits.habit_loss
    here.diary.count(here.day, "elsewhere", len(away))
    return stays, _doors(here, stays)


def _doors(here: Here, who: Integers) -> Integers:
    lot = here.lots(who, Purpose.ENTRY)
    own: Integers = OWN_DOORS[np.searchsorted(OWN_SHARES, lot, side="right").clip(max=3)]
    by_orders = (here.some.buyer[who] > 0) & (here.lots(who, Purpose.SECOND) < BY_ORDERS)
    own[by_orders] = DOOR["order_history"]
    # Half of those who were just reminded come by the reminder.
    own[lot < here.some.reminded[who] / 2] = DOOR["msg"]
    return own


def buy(here: Here, goods: Bought) -> Flags:
    """Pay, receive, and be the wiser for it; give who passes it on to friends."""
    traits, who = here.traits, goods.who
    is_paid = here.lots(who, Purpose.PAYMENT) >= traits.paying_failure
    is_good = here.lots(who, Purpose.QUALITY) >= traits.bad
    basket = chosen_baskets(here.lots(who, Purpose.BASKET))
    here.diary.note(
        here.day, "order", who + here.first, goods.door, basket, is_good, is_paid, *goods[2:]
    )
    _learn(here, who[is_paid & is_good], who[is_paid & ~is_good])
    fen = priced(basket) * is_paid
    _count(here, goods, is_paid, fen)
    is_passed = here.lots(who, Purpose.PASSING) < traits.passing
    return is_paid & is_good & is_passed


def _count(here: Here, goods: Bought, is_paid: Flags, fen: Integers) -> None:
    diary, day = here.diary, here.day
    diary.count(day, "orders", int(is_paid.sum()))
    diary.count(day, "amount_fen", int(fen.sum()))
    is_recent = here.some.reminded[goods.who] > RECENT
    diary.count(day, "credited", int((is_paid & is_recent).sum()))
    through = (goods.share > 0) & is_paid
    diary.count(day, "share_orders", int(through.sum()))
    diary.count(day, "commission_fen", commission(fen[through], goods.depth[through]))


def _learn(here: Here, glad: Integers, sorry: Integers) -> None:
    """Good goods grow habit and trust here; bad ones hurt trust."""
    some, traits = here.some, here.traits
    some.habit[glad] += traits.habit_gain * (1 - some.habit[glad])
    some.trust[glad] += traits.trust_gain * (1 - some.trust[glad])
    some.elsewhere[glad] *= 1 - traits.habit_loss
    some.trust[sorry] *= 1 - traits.trust_hurt
    for who in (glad, sorry):
        some.bought[who] += 1
        some.buyer[who] = 1
