"""What the evidence accepts the tables accept: any request is an event or a refusal."""

from typing import Any
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from jishi.evidence import Expose, Folded, ForgetLeavers, NoteFollow, NoteLeaver, NoteUnfollow
from jishi.gauges.vocabulary import EXPERIMENTS
from jishi.kernel import MARKET
from tests.machines.test_what_decide_accepts import ENDS, TEXTS, ask_all, relaxed

NAMES = st.sampled_from([each.name for each in EXPERIMENTS]) | TEXTS
ARMS = st.sampled_from([arm for each in EXPERIMENTS for arm in each.arms]) | TEXTS
MOMENTS = st.sampled_from(["start", "withdrawn", "same"]) | TEXTS
SHARES = st.sampled_from([0.0, -0.0, 0.05, 1.0, 1.5, -1.0, 5e-324, float("nan"), float("inf")])


@relaxed
@given(
    exposures=st.lists(
        st.fixed_dictionaries(
            {
                "experiment": NAMES, "arm": ARMS, "reason": MOMENTS, "propensity": SHARES,
                "unit_type": st.sampled_from(["person", "merchant", ""]), "policy": TEXTS,
                "unit_id": st.integers(0, 5) | ENDS, "is_counterfactual": st.booleans(),
            }
        ),
        max_size=6,
    )
)  # fmt: skip
def test_exposures_are_accepted_as_the_table_does(
    database_url: str, exposures: list[dict[str, Any]]
) -> None:
    ask_all(
        database_url,
        [Expose(key=uuid4(), book=MARKET, actor_id=0, **each) for each in exposures],
    )


@relaxed
@given(
    persons=st.lists(st.integers(0, 4) | ENDS, max_size=4),
    sums=st.lists(
        st.builds(
            Folded, question=TEXTS, arm=TEXTS, measure=TEXTS, units=st.integers(-1, 3) | ENDS,
            sum=SHARES,
        ),
        max_size=3,
    ),
)  # fmt: skip
def test_leavers_are_accepted_as_the_tables_do(
    database_url: str, persons: list[int], sums: list[Folded]
) -> None:
    notes = [NoteLeaver(key=uuid4(), book=MARKET, actor_id=each) for each in persons]
    forget = ForgetLeavers(
        key=uuid4(), book=MARKET, actor_id=0, person_ids=tuple(persons), sums=tuple(sums)
    )
    ask_all(database_url, [*notes, forget])


@relaxed
@given(
    told=st.lists(
        st.tuples(st.booleans(), st.integers(0, 3) | ENDS, st.sampled_from([MARKET, 1001]), TEXTS),
        max_size=6,
    )
)
def test_follows_are_accepted_as_the_table_does(
    database_url: str, told: list[tuple[bool, int, int, str]]
) -> None:
    ask_all(
        database_url,
        [
            NoteFollow(key=uuid4(), book=book, actor_id=person, source=source)
            if is_following
            else NoteUnfollow(key=uuid4(), book=book, actor_id=person)
            for is_following, person, book, source in told
        ],
    )
