"""What few do on a day: read, buy, leave, come; a block of people, by their places."""

import numpy as np

from jishi.town import living
from jishi.town.buying import DOOR, Here, buy, choose, without_share
from jishi.town.draws import Bytes, Flags, Integers, Purpose
from jishi.town.rules import CARD, REST_DAYS, TOUCH

SOURCES = ("before", "poster_deep", "poster", "search", "friend")
SOURCE = {name: place for place, name in enumerate(SOURCES)}
HUSHED_MAX = 4


def visit(here: Here, bits: Bytes, prompted: Integers, *, has_cards: bool) -> Integers:
    """Carry out what a day brought to a block; give who tells friends of a purchase."""
    some, day = here.some, here.day
    sent = _where(bits, living.SENT)
    withheld = _where(bits, living.WITHHELD)
    here.diary.count(day, "contacts", len(sent))
    here.diary.count(day, "withheld", len(withheld))
    if here.diary.keeps:
        for who, is_withheld in ((sent, 0), (withheld, 1)):
            # Where nothing limits, the balance is told as the largest a column holds calmly.
            left = np.minimum(some.tokens[who] + 1, 1e6) * TOUCH
            here.diary.note(day, "contact", who + here.first, left, np.full(len(who), is_withheld))
    _prompt(here, prompted)
    by_card = _read(here, _where(bits, living.OPENED), bits, has_cards=has_cards)
    tellers = _purchases(here, bits, by_card)
    _part(here, _where(bits, living.LEFT), _where(bits, living.HUSHED))
    come(here, _where(bits, living.FOUND), SOURCE["search"])
    return tellers


def _where(bits: Bytes, bit: int) -> Integers:
    return np.flatnonzero(bits & np.uint8(bit))


def _prompt(here: Here, who: Integers) -> None:
    here.some.reminded[who] = 1
    here.diary.note(here.day, "prompt", who + here.first)


def _read(here: Here, who: Integers, bits: Bytes, *, has_cards: bool) -> Integers:
    """Learn what reading is worth here; give who buys from a card."""
    some, traits = here.some, here.traits
    some.read[who] += 1
    here.diary.count(here.day, "opens", len(who))
    cards = here.dial.cards[who] if has_cards else np.zeros(len(who), np.float32)
    is_touched = (bits[who] & living.SENT) > 0
    here.diary.note(here.day, "open", who + here.first, cards, is_touched)
    some.worth[who] += traits.learning * (1 - traits.card_cost * cards - some.worth[who])
    some.fast[who] += traits.card_tiring * cards
    some.tokens[who] -= cards * (CARD / TOUCH)
    eager = traits.card_impulse * cards * np.exp(-traits.tired_buying * some.fast[who])
    chance = eager * (0.3 + some.trust[who]) * some.keen[who]
    buyers: Integers = who[here.lots(who, Purpose.CARD) < chance]
    return buyers


def _purchases(here: Here, bits: Bytes, by_card: Integers) -> Integers:
    """Put a day's purchases together, one a person: by message, by card, by need."""
    by_need, doors = choose(here, _where(bits, living.NEEDED))
    by_touch = _where(bits, living.TOUCHED)
    who = np.concatenate([by_touch, by_card, by_need])
    door = np.concatenate(
        [np.full(len(by_touch), DOOR["msg"]), np.full(len(by_card), DOOR["article"]), doors]
    )
    who, place = np.unique(who, return_index=True)
    return who[buy(here, without_share(who, door[place]))] + here.first


def _part(here: Here, gone: Integers, hushed: Integers) -> None:
    """Let those go who leave, and rest those who asked for quiet."""
    some, day = here.some, here.day
    some.follows[gone] = 0
    some.left[gone] = 1
    here.diary.count(day, "unfollows", len(gone))
    here.diary.note(day, "leave", gone + here.first)
    some.hushed[hushed] = np.minimum(some.hushed[hushed] + 1, HUSHED_MAX)
    some.quiet[hushed] = day + REST_DAYS * 2 ** (some.hushed[hushed].astype(np.int32) - 1)
    here.diary.count(day, "hushes", len(hushed))
    here.diary.note(day, "hush", hushed + here.first)


def come(here: Here, who: Integers, source: int) -> None:
    here.some.follows[who] = 1
    here.diary.count(here.day, "follows", len(who))
    here.diary.note(here.day, "follow", who + here.first, np.full(len(who), source))


def scan(here: Here, who: Integers) -> None:
    """Let those who stand before the poster follow, or not; more do where more is given."""
    some, traits, dial = here.some, here.traits, here.dial
    who = who[(some.follows[who] == 0) & (some.left[who] == 0)]
    here.diary.note(here.day, "scan", who + here.first)
    lot = here.lots(who, Purpose.WIN)
    is_deep: Flags = dial.deep[who] > 0
    anyway = lot < traits.winning
    # Those whom only the gift brings are keen on gifts, and less on goods.
    by_gift = is_deep & ~anyway & (lot < traits.winning + traits.winning_deep)
    some.keen[who[by_gift]] = traits.deal_keenness
    for given, source in ((is_deep, "poster_deep"), (~is_deep, "poster")):
        come(here, who[given & (anyway | by_gift)], SOURCE[source])
