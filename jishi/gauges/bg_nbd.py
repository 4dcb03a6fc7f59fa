"""Buying until one stops after a purchase: the beta-geometric/NBD model.

Source: P. S. Fader, B. G. S. Hardie, K. L. Lee, Counting Your Customers the Easy Way, Marketing
Science 24 (2005), likelihood and expectations; probability of being alive: Fader, Hardie, Lee,
Computing P(alive) Using the BG/NBD Model (2008).
"""

from functools import partial

import numpy as np
from msgspec import Struct
from scipy.special import betaln, gammaln, hyp2f1

from jishi.gauges.fitting import best, near
from jishi.gauges.types import Buyers, Floats


class BgNbd(Struct, frozen=True):
    """Purchases come as Gamma(r, alpha) has it; after each one stops as Beta(a, b) has it."""

    r: float
    alpha: float
    a: float
    b: float


BEGIN = (1.0, 1.0, 1.0, 1.0)


def fit(buyers: Buyers) -> BgNbd:
    return _model(best(partial(_likelihood, buyers), BEGIN))


def fit_nearly(buyers: Buyers) -> BgNbd:
    """Fit for a forecast that decides nothing: quick however many histories differ."""
    return _model(near(partial(_likelihood, buyers), BEGIN))


def _likelihood(buyers: Buyers, parameters: Floats) -> float:
    return log_likelihood(_model(tuple(float(x) for x in parameters)), buyers)


def _model(parameters: tuple[float, ...]) -> BgNbd:
    r, alpha, a, b = parameters
    return BgNbd(r=r, alpha=alpha, a=a, b=b)


def log_likelihood(model: BgNbd, buyers: Buyers) -> float:
    r, alpha, a, b, x = model.r, model.alpha, model.a, model.b, buyers.repeats
    bought = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stayed = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + buyers.age)
    # Who never came back has not had the chance to stop.
    again = np.maximum(x, 1)
    stopped = betaln(a + 1, b + again - 1) - betaln(a, b) - (r + x) * np.log(alpha + buyers.last)
    each = bought + np.logaddexp(stayed, np.where(x > 0, stopped, -np.inf))
    return float(np.dot(buyers.alike, each))


def alive(model: BgNbd, buyers: Buyers) -> Floats:
    """Give the probability that each has not stopped."""
    return 1 / (1 + _odds_of_stopped(model, buyers))


def _odds_of_stopped(model: BgNbd, buyers: Buyers) -> Floats:
    x = buyers.repeats
    faded = ((model.alpha + buyers.age) / (model.alpha + buyers.last)) ** (model.r + x)
    odds = model.a / (model.b + np.maximum(x, 1) - 1) * faded
    return np.where(x > 0, odds, 0.0)


def purchases_ahead(model: BgNbd, buyers: Buyers, period: float) -> Floats:
    """Give the purchases expected of each in the period to come."""
    r, a, b, x = model.r, model.a, model.b, buyers.repeats
    until = model.alpha + buyers.age
    tail = hyp2f1(r + x, b + x, a + b + x - 1, period / (until + period))
    left = 1 - (until / (until + period)) ** (r + x) * tail
    expected: Floats = (a + b + x - 1) / (a - 1) * left * alive(model, buyers)
    return expected


def purchases_of_a_newcomer(model: BgNbd, period: float) -> float:
    """Give the repeat purchases expected of one who has just bought for the first time."""
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    tail = hyp2f1(r, b, a + b - 1, period / (alpha + period))
    return float((a + b - 1) / (a - 1) * (1 - (alpha / (alpha + period)) ** r * tail))
