"""Buying until one stops at any moment: the Pareto/NBD model.

Sources: D. C. Schmittlein, D. G. Morrison, R. Colombo, Counting Your Customers, Management Science
33 (1987); in the form of P. S. Fader, B. G. S. Hardie, A Note on Deriving the Pareto/NBD Model
and Related Expressions (2005).
"""

import numpy as np
from msgspec import Struct
from scipy.special import gammaln, hyp2f1

from jishi.gauges.fitting import best
from jishi.gauges.types import Buyers, Floats


class ParetoNbd(Struct, frozen=True):
    """Purchases come as Gamma(r, alpha) has it; the stop as Gamma(s, beta) has it."""

    r: float
    alpha: float
    s: float
    beta: float


def fit(buyers: Buyers) -> ParetoNbd:
    def likelihood(parameters: Floats) -> float:
        return log_likelihood(_model(tuple(float(x) for x in parameters)), buyers)

    return _model(best(likelihood, (1.0, 10.0, 1.0, 10.0)))


def _model(parameters: tuple[float, ...]) -> ParetoNbd:
    r, alpha, s, beta = parameters
    return ParetoNbd(r=r, alpha=alpha, s=s, beta=beta)


def log_likelihood(model: ParetoNbd, buyers: Buyers) -> float:
    r, alpha, s, beta, x = model.r, model.alpha, model.s, model.beta, buyers.repeats
    bought = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
    each = bought + np.logaddexp(_log_stayed(model, buyers), _log_stopped(model, buyers))
    return float(np.dot(buyers.alike, each))


def _log_stayed(model: ParetoNbd, buyers: Buyers) -> Floats:
    until = buyers.age
    return -(model.r + buyers.repeats) * np.log(model.alpha + until) - model.s * np.log(
        model.beta + until
    )


def _log_stopped(model: ParetoNbd, buyers: Buyers) -> Floats:
    """Give what Fader and Hardie call s / (r + s + x) A0, from the last purchase to today."""
    since, today = _tail(model, buyers, buyers.last), _tail(model, buyers, buyers.age)
    # A purchase of today leaves no time to have stopped in: minus infinity is then the answer.
    with np.errstate(divide="ignore"):
        between = since + np.log(-np.expm1(np.minimum(today - since, 0.0)))
    stopped: Floats = np.log(model.s) - np.log(model.r + model.s + buyers.repeats) + between
    return stopped


def _tail(model: ParetoNbd, buyers: Buyers, at: Floats) -> Floats:
    far, order = max(model.alpha, model.beta), model.r + model.s + buyers.repeats
    second = model.s + 1 if model.alpha >= model.beta else model.r + buyers.repeats
    near = abs(model.alpha - model.beta) / (far + at)
    return np.log(hyp2f1(order, second, order + 1, near)) - order * np.log(far + at)


def alive(model: ParetoNbd, buyers: Buyers) -> Floats:
    """Give the probability that each has not stopped."""
    return 1 / (1 + np.exp(_log_stopped(model, buyers) - _log_stayed(model, buyers)))


def purchases_ahead(model: ParetoNbd, buyers: Buyers, period: float) -> Floats:
    """Give the purchases expected of each in the period to come."""
    until, shape = model.beta + buyers.age, model.s - 1
    while_alive = (model.r + buyers.repeats) * until / ((model.alpha + buyers.age) * shape)
    left = -np.expm1(shape * np.log(until / (until + period)))
    return alive(model, buyers) * while_alive * left
