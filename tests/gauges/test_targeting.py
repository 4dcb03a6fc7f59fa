"""Whom a message moves: a ranking is worth what it gains over addressing anybody."""

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from jishi.gauges import qini, targeting
from jishi.gauges.types import Booleans, Floats
from tests.gauges.published import HILLSTROM, open_data


def test_a_curve_by_hand() -> None:
    # The best four: 2 of 2 treated and none of 2 others; the worst four: 1 of 2 and 1 of 2.
    score = np.array([0.9] * 4 + [0.1] * 4)
    treated = np.array([True, True, False, False] * 2)
    outcome = np.array([1.0, 1, 0, 0, 1, 0, 1, 0])
    sums = qini.ranked(score, outcome, treated, np.arange(8))
    share, gained = qini.curve(sums)
    assert dict(zip(share.tolist(), gained.tolist(), strict=True)) == {0: 0, 0.5: 2, 1: 2}
    # A triangle of base 1 and height 2, plus that from (.5, 2) to (1, 2), less half of 2.
    assert qini.area(sums) == pytest.approx(0.5 + 1 - 1)
    assert qini.uplift_at(sums, 0.5) == 1


def test_forgetting_people_leaves_the_same_curve() -> None:
    lot = np.random.default_rng(30)
    score, outcome = lot.random(900), lot.random(900)
    treated, bucket = lot.random(900) < 0.5, np.arange(900)
    whole = qini.ranked(score, outcome, treated, bucket)
    # The rungs are laid before anybody is forgotten.
    half = whole.units[:, :, :100], whole.outcomes[:, :, :100]
    again = whole.units[:, :, 100:], whole.outcomes[:, :, 100:]
    parts = qini.Ranked(*half) + qini.Ranked(*again)
    assert qini.area(parts) == pytest.approx(qini.area(whole))


@given(some.integers(0, 10_000))
def test_the_last_of_the_curve_is_everybodys_gain_and_a_score_for_all_alike_gains_nothing(
    seed: int,
) -> None:
    lot = np.random.default_rng(seed)
    treated = np.arange(60) < 30
    outcome = lot.integers(0, 2, 60).astype(np.float64)
    sums = qini.ranked(lot.random(60), outcome, treated, np.arange(60))
    whole = outcome[treated].sum() - outcome[~treated].sum()
    assert qini.curve(sums)[1][-1] == pytest.approx(whole)
    flat = qini.ranked(np.zeros(60), outcome, treated, np.arange(60))
    assert qini.area(flat) == pytest.approx(0)


def planted(lot: np.random.Generator, is_moved: bool) -> tuple[Floats, Floats, Booleans]:
    """Half of the people are moved by a message, or none; the others never."""
    known = lot.normal(0, 1, (4_000, 2))
    treated = lot.random(4_000) < 0.5
    chance = 0.15 + 0.05 * (known[:, 0] > 0) + 0.25 * treated * (known[:, 1] > 0) * is_moved
    return known, (lot.random(4_000) < chance).astype(np.float64), treated


def test_what_is_not_there_is_found_once_in_twenty_and_what_is_there_always() -> None:
    lot = np.random.default_rng(31)
    for is_moved, low, high in ((False, 0, 5), (True, 19, 20)):
        found = 0
        for _ in range(20 if is_moved else 60):
            known, outcome, treated = planted(lot, is_moved)
            each = np.arange(len(outcome))
            score = targeting.scores(known, outcome, treated, each % 2)
            sums = qini.ranked(score, outcome, treated, each // 2)
            found += qini.area_between(sums, 0.95, 200, lot).interval.low > 0
        assert low <= found <= high


def test_a_model_that_has_seen_the_people_praises_itself() -> None:
    # The negative control of cross-fitting: many columns of noise, nobody is moved.
    lot = np.random.default_rng(32)
    seen, unseen = [], []
    for _ in range(20):
        known = lot.normal(0, 1, (600, 30))
        treated, outcome = lot.random(600) < 0.5, (lot.random(600) < 0.3).astype(np.float64)
        each = np.arange(600)
        twice = [np.concatenate([held, held]) for held in (known, outcome, treated)]
        # Each person stands in the other fold too, so every model knows everybody.
        known_to_all = targeting.scores(
            twice[0], twice[1], twice[2].astype(bool), np.arange(1200) // 600
        )
        seen.append(qini.area(qini.ranked(known_to_all[:600], outcome, treated, each)))
        crossed = targeting.scores(known, outcome, treated, each % 2)
        unseen.append(qini.area(qini.ranked(crossed, outcome, treated, each)))
    assert np.mean(seen) > 10
    assert abs(np.mean(unseen)) < 3


def test_the_logistic_model_is_the_likeliest() -> None:
    # One column of two values: the fitted chances are the shares, but for one person's doubt.
    columns = np.column_stack([np.ones(4_000), np.repeat([-1.0, 1.0], 2_000)])
    outcome = (np.arange(4_000) % 10 < np.repeat([2, 5], 2_000)).astype(np.float64)
    slopes = targeting.logistic(columns, outcome)
    low, high = np.log(0.2 / 0.8), 0.0
    assert slopes == pytest.approx([(high + low) / 2, (high - low) / 2], abs=1e-3)


def hillstrom(arm: str) -> tuple[Floats, Floats, Booleans]:
    """What is known of those who got this mail or none, who visited, and who got it."""
    with open_data(HILLSTROM).open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["treatment"].startswith((arm, "No"))]
    known = [
        [
            float(row["recency"]), np.log(float(row["history"])), float(row["mens"]),
            float(row["womens"]), float(row["newbie"]), float(row["mens"]) * float(row["womens"]),
            row["zip_code"] == "Rural", row["zip_code"] == "Urban",
            row["channel"] == "Phone", row["channel"] == "Web",
        ]
        for row in rows
    ]  # fmt: skip
    visited = np.array([float(row["visit"]) for row in rows])
    return (
        np.array(known, dtype=np.float64),
        visited,
        np.array([row["treatment"].startswith(arm) for row in rows]),
    )


def test_womens_mail_moves_some_and_mens_mail_moves_all_alike() -> None:
    lot = np.random.default_rng(33)
    found = {}
    for arm in ("Womens", "Mens"):
        known, visited, treated = hillstrom(arm)
        each = np.arange(len(visited))
        score = targeting.scores(known, visited, treated, each % 2)
        sums = qini.ranked(score, visited, treated, each // 2)
        assert qini.curve(sums)[1][-1] / treated.sum() == pytest.approx(
            visited[treated].mean() - visited[~treated].mean()
        )
        found[arm] = qini.area_between(sums, 0.95, 500, lot), qini.uplift_at(sums, 0.3)
    womens, best = found["Womens"]
    # With boosted trees: 154 visits (118 to 190), .073 a head in the best 30 %; all have .045.
    assert womens.value == pytest.approx(154, abs=36)
    assert womens.interval.low > 100
    assert best == pytest.approx(0.073, abs=0.003)
    mens, _ = found["Mens"]
    # Likewise 29 (-16 to 70): nobody in particular.
    assert mens.value == pytest.approx(29, abs=20)
    assert mens.interval.low < 0 < mens.interval.high
