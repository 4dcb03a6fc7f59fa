"""The bars of the eight questions, set before any data are seen, and the least each one needs.

Each claim is that of the critic: it holds when the market fails. A market may set bars of its own
before it measures; these are the defaults.
"""

from msgspec import Struct

from jishi.gauges.verdicts import Above, Below, Claim


class Question(Struct, frozen=True):
    """One of the eight: its claim, the least units (in an arm) and days before a verdict."""

    name: str
    claim: Claim
    units_min: int
    days_min: int


HABIT = Question(
    name="habit",
    claim=Claim(
        # What is left of a lift in the weeks after the prompts stopped.
        holds=((Below("persistence", 0.2),),),
        refuted=((Above("persistence", 0.5),),),
    ),
    units_min=2_000,
    days_min=112,
)
MEDIA = Question(
    name="media",
    claim=Claim(
        holds=((Below("content_value_ratio", 0.9),), (Below("learning", -0.05),)),
        refuted=((Above("content_value_ratio", 0.97), Above("net_value", 0)),),
    ),
    units_min=3_000,
    days_min=56,
)
CONVERSION = Question(
    name="conversion",
    claim=Claim(
        # Margin less the cost of winning the follower: economic, not a share of buyers.
        holds=((Below("margin_after_cost", 0),),),
        refuted=((Above("margin_after_cost", 0),),),
    ),
    units_min=200,
    days_min=90,
)
BOUNDARY = Question(
    name="boundary",
    claim=Claim(
        holds=((Below("relation_ratio", 0.9),), (Below("conversion_ratio", 1),)),
        refuted=((Above("relation_ratio", 0.95), Above("conversion_ratio", 1.2)),),
    ),
    units_min=400,
    days_min=30,
)
ECOLOGY = Question(
    name="ecology",
    claim=Claim(
        holds=((Below("slope", -0.01),), (Above("survival_loss", 0.05),)),
        # Who left is not outweighed by those who stayed: both must be sound.
        refuted=((Above("slope", -0.003), Below("survival_loss", 0.05)),),
    ),
    units_min=4_000,
    days_min=90,
)
MOMENTS = Question(
    name="moments",
    claim=Claim(
        holds=((Below("decay", -0.3),), (Below("reproduction", 0.1), Below("breakout", 0.05))),
        refuted=((Above("decay", -0.1), Above("breakout", 0.2)),),
    ),
    units_min=100,
    days_min=30,
)
WEIGHT = Question(
    name="weight",
    claim=Claim(
        holds=(
            (Above("latency_p95_seconds", 1),),
            (Above("zero_result_share", 0.15),),
            (Below("payment_success", 0.95),),
            (Below("recommender_lift", 0),),
        ),
        refuted=(
            (
                Below("latency_p95_seconds", 1),
                Below("zero_result_share", 0.15),
                Above("payment_success", 0.95),
                Above("recommender_lift", 0),
            ),
        ),
    ),
    units_min=1_000,
    days_min=1,
)
OPERATION = Question(
    name="operation",
    claim=Claim(
        holds=(
            (Below("perfect_order", 0.95),),
            (Below("settled_on_time", 0.99),),
            # A count, not an estimate: one difference nobody can explain is one too many.
            (Above("unexplained_differences", 1),),
        ),
        refuted=(
            (
                Above("perfect_order", 0.95),
                Above("settled_on_time", 0.99),
                Below("unexplained_differences", 0),
            ),
        ),
    ),
    units_min=10_000,
    days_min=30,
)
QUESTIONS = (HABIT, MEDIA, CONVERSION, BOUNDARY, ECOLOGY, MOMENTS, WEIGHT, OPERATION)
