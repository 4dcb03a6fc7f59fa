"""Whom to address first: those for whom two models, one of each arm, are furthest apart.

Sources: B. Hansotia, B. Rukstales, Incremental Value Modeling, Journal of Interactive Marketing 16
(2002), two models; D. R. Cox, J. R. Stat. Soc. B 20 (1958), the logistic model of each. A score is
given by models that have not seen the person (cross-fitting), else it would praise itself.
"""

import numpy as np
from scipy.special import expit

from jishi.gauges.types import Booleans, Floats, Integers

ROUNDS_MAX = 30
SMALL = 1e-9
RIDGE = 1.0
"""As much as one person's worth of doubt for each column: rare columns say little."""


def scores(known: Floats, outcome: Floats, treated: Booleans, fold: Integers) -> Floats:
    """Give each person's expected gain from being addressed, by models fitted on other folds."""
    found = np.zeros(len(outcome))
    columns = np.column_stack([np.ones(len(outcome)), _apart(known)])
    for one in np.unique(fold):
        here, there = fold == one, fold != one
        models = [
            logistic(columns[there & arm], outcome[there & arm]) for arm in (treated, ~treated)
        ]
        found[here] = expit(columns[here] @ models[0]) - expit(columns[here] @ models[1])
    return found


def _apart(known: Floats) -> Floats:
    """Give each column in its own standard deviations, so that the doubt weighs on all alike."""
    spread = known.std(axis=0)
    scaled: Floats = (known - known.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    return scaled


def logistic(columns: Floats, outcome: Floats) -> Floats:
    """Fit a probability; the first column, of ones, is not held back."""
    doubt = np.full(columns.shape[1], RIDGE)
    doubt[0] = 0.0
    slopes = np.zeros(columns.shape[1])
    for _ in range(ROUNDS_MAX):
        expected = expit(columns @ slopes)
        weight = np.maximum(expected * (1 - expected), SMALL)
        curve = (columns * weight[:, None]).T @ columns + np.diag(doubt)
        step = np.linalg.solve(curve, columns.T @ (outcome - expected) - doubt * slopes)
        slopes = slopes + step
        if float(np.abs(step).max()) < SMALL:
            break
    return slopes
