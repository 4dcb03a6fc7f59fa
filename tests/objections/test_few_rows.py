"""Whatever a young market wrote down, its eight questions have answers, and they can be kept."""

import random

import pytest

from jishi.gauges.terms import Terms
from jishi.gauges.vocabulary import ENTRIES, EXPERIMENTS, TYPES
from jishi.objections.answering import answer_all
from jishi.objections.rules import are_answers
from tests.conftest import IS_SOAK
from tests.gauges.lakes import Pond

DAYS = 150
MARKETS = 400 if IS_SOAK else 6


def market(chance: random.Random) -> Pond:
    """Give some rows of a few types, by a few people, in any order, of any size."""
    pond, people = Pond(), chance.randint(1, 40)
    types = chance.sample(TYPES, chance.randint(1, 12))
    entries, sources = chance.sample(ENTRIES, 3), ("", "poster", "friend")
    for _ in range(chance.choice((1, 20, 400))):
        pond.seen(
            chance.choice(types).type, chance.randint(0, people), chance.randrange(DAYS),
            object_id=chance.randint(0, people), actor_id=chance.randint(0, people),
            share_id=chance.randint(0, 5), touch_id=chance.randint(0, 5),
            depth=chance.randint(0, 3), amount_fen=chance.choice((0, 1, 300, 10**9)),
            quantity=chance.choice((0, 1, 9)), value=chance.choice((0.0, 0.4, 5.0, 100.0)),
            entry=chance.choice(entries), source=chance.choice(sources),
        )  # fmt: skip
    for experiment in chance.sample(EXPERIMENTS, chance.randint(0, 4)):
        began = chance.randrange(DAYS)
        for unit in range(1, people + 1):
            arm = chance.choice(experiment.arms)
            for later, moment in enumerate(experiment.moments):
                pond.assigned(experiment.name, arm, unit, began + later * 20, moment)
    for _ in range(chance.choice((0, 3, 60))):
        pond.sent(chance.randint(1, people), chance.randrange(DAYS))
    return pond


@pytest.mark.parametrize("_", range(MARKETS))
def test_the_answers_of_any_market_can_be_kept(_: int) -> None:
    seed = random.SystemRandom().randrange(2**32)
    lake = market(random.Random(seed)).lake()
    answers = answer_all(lake, Terms(margin_percent=40), DAYS + 1, is_simulated=False)
    assert are_answers(answers, "market"), f"seed {seed}"
