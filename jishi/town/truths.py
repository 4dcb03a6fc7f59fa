"""Planted truths: three towns for each of the eight questions, to be told apart by the answers.

`harm`: the critic is right, his claim must hold. `lift`: he is wrong, it must be refuted. `null`:
the truth lies between the bars, and nobody can tell.
"""

from msgspec import Struct
from msgspec.structs import replace

from jishi.gauges import conversion, ecology, media, operation
from jishi.gauges.lake import Lake, of_arrow
from jishi.gauges.terms import Terms
from jishi.gauges.verdicts import Verdict
from jishi.objections.answering import answer_one
from jishi.objections.types import Answer
from jishi.town.emission import emit
from jishi.town.people import settle
from jishi.town.policy import Policy, Schedule
from jishi.town.simulation import simulate
from jishi.town.traits import Traits

VERDICTS = {
    "harm": Verdict.HOLDS.value,
    "lift": Verdict.REFUTED.value,
    "null": Verdict.UNDECIDED.value,
}
OPPOSITE = {"harm": "refuted", "lift": "holds", "null": ""}


class Truth(Struct, frozen=True, kw_only=True):
    """A planted truth: what the town is like, what is tried on it, for how long, what is told."""

    question: str
    kind: str
    traits: Traits
    policy: Policy
    people: int
    days: int
    told: frozenset[str]
    terms: Terms = Terms()

    @property
    def verdict(self) -> str:
        return VERDICTS[self.kind]


SILENT = Policy(touches_week=0, limit_week=None, cards=0, share_quota=0)
"""A shop that says nothing, so that what is tried is all that happens."""
CALM = Traits(following=1, season=0, kinship=0, appetite_shape=15, need_shape=10, need_weeks=600)
"""A town without waves, whose people are much alike: few of them are enough."""

PLANTED = {
    "habit": {
        "harm": replace(
            CALM, need_weeks=8, choose=-3, choose_reminded=4, forget_days=4,
            habit_here=0.2, habit_elsewhere=0.2, habit_gain=0, habit_loss=0,
        ),
        "lift": replace(
            CALM, need_weeks=3, choose=-2, choose_reminded=2, forget_days=7,
            habit_here=0.2, habit_elsewhere=0.2, choose_habit=7,
        ),
        "null": replace(
            CALM, need_weeks=8, choose=-3, choose_reminded=4, forget_days=4,
            habit_here=0.2, habit_elsewhere=0.2, choose_habit=7,
        ),
    },
    "media": {
        "harm": replace(CALM, reading=0.8, card_cost=0.22, card_tiring=0.002),
        "lift": replace(CALM, reading=0.8, card_cost=-0.05, card_tiring=0.002, card_impulse=0.01),
        "null": replace(CALM, reading=0.8, card_cost=0.07, card_tiring=0.002),
    },
    "conversion": {
        kind: replace(
            CALM, following=0, need_weeks=4, need_shape=4, choose=-3, choose_habit=1,
            choose_following=2, finding=0, leaving=0, scanning=0.9, winning=0.25,
            winning_deep=0.4, deal_keenness=keen,
        )
        for kind, keen in (("harm", 0.0), ("lift", 1.0), ("null", 0.53))
    },
    "boundary": {
        kind: replace(
            CALM, following=0.5, sellers=0.1, posting=0.6, wear=0, seeing=0.6, opening=0.55,
            share_buying=0.06, passing_on=0, passing=0, share_tiring=0, declining=0,
            share_following=0, finding=0, name_pull=pull, stiffness=stiff,
        )
        for kind, pull, stiff in (("harm", 1.3, 0.3), ("lift", 1.7, 1.0), ("null", 1.1, 1.0))
    },
    "ecology": {
        "harm": replace(CALM, reading=0.2, tiring=0.05, reading_touched=0),
        "lift": replace(CALM, reading=0.2, tiring=0, leaving_touched=0.0001),
        "null": replace(CALM, reading=0.2, tiring=0.002, leaving_touched=0.0001, reading_touched=0),
    },
    "moments": {
        kind: replace(
            CALM, sellers=0.1, posting=0.5, seeing=0.5, opening=0.8, wear=wear,
            passing_on=passing, share_tiring=tiring, declining=0, share_buying=0.1,
            share_following=0,
        )
        for kind, wear, passing, tiring in (
            ("harm", 0.6, 0.003, 0.01), ("lift", 0.0, 0.06, 0.0), ("null", 0.2, 0.02, 0.0),
        )
    },
    "weight": {
        "harm": replace(CALM, need_weeks=10, choose_recommended=0.5, page_p95=1.4),
        "lift": replace(CALM, need_weeks=10, choose_recommended=0.5, page_p95=0.7),
        "null": replace(CALM, need_weeks=10, choose_recommended=0, page_p95=0.7),
    },
    "operation": {
        kind: replace(CALM, need_weeks=5, choose=2, late=late)
        for kind, late in (("harm", 0.08), ("lift", 0.005), ("null", 0.036))
    },
}  # fmt: skip


class Trial(Struct, frozen=True, kw_only=True):
    """How a question is put to a town: what is tried, on how many, how long, what is told."""

    policy: Policy
    people: int
    days: int
    told: tuple[str, ...]


READ = replace(SILENT, cards=1, experiments=("cards",), schedule=Schedule(same=56))
TRIALS = {
    "habit": Trial(
        policy=replace(SILENT, experiments=("prompts",), schedule=Schedule(start=28)),
        people=6_500, days=154, told=("order.pay",),
    ),
    "media": Trial(policy=READ, people=6_300, days=77, told=media.ASKS),
    "conversion": Trial(
        policy=replace(SILENT, experiments=("depth",), schedule=Schedule(poster_days=1)),
        people=6_000, days=100, told=conversion.MONEY,
    ),
    "boundary": Trial(
        policy=replace(SILENT, share_quota=7, experiments=("named", "told")),
        people=4_000, days=90, told=("share.open", "order.pay", "order.dispute"),
    ),
    "ecology": Trial(
        policy=replace(
            SILENT, touches_week=3.5, experiments=("ladder",), schedule=Schedule(start=30)
        ),
        people=20_900, days=121, told=("article.open", *ecology.HARMS),
    ),
    "moments": Trial(
        policy=replace(SILENT, share_quota=7), people=3_000, days=60,
        told=("share.create", "share.open", "order.pay"),
    ),
    "weight": Trial(
        policy=replace(SILENT, experiments=("recommender",)), people=6_000, days=60,
        told=("page.perf", "search.query", "pay.start", "order.pay"),
    ),
    "operation": Trial(
        policy=SILENT, people=3_000, days=50,
        told=(*operation.OF_ORDERS, "settle.due", "settle.paid", "recon.break", "recon.clear"),
    ),
}  # fmt: skip

TRUTHS = tuple(
    Truth(
        question=question,
        kind=kind,
        traits=traits,
        policy=TRIALS[question].policy,
        people=TRIALS[question].people,
        days=TRIALS[question].days,
        told=frozenset(TRIALS[question].told),
    )
    for question, kinds in PLANTED.items()
    for kind, traits in kinds.items()
)


def lived(truth: Truth, seed: int) -> tuple[Lake, int]:
    """Let a planted town live; give its lake, and the day after its last."""
    town = settle(truth.people, seed, truth.traits)
    run = simulate(town, truth.policy, truth.days, keeps=True)
    return of_arrow(*emit(run, truth.told)), town.first_day + truth.days


def found(truth: Truth, seed: int) -> Answer:
    """Ask a planted town its own question, as carefully as the first of eight."""
    lake, today = lived(truth, seed)
    return answer_one(truth.question, lake, truth.terms, today, is_simulated=True)
