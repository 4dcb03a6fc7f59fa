"""What a purchase is worth on average, buyer by buyer: the gamma-gamma model.

Source: P. S. Fader, B. G. S. Hardie, The Gamma-Gamma Model of Monetary Value (2013), likelihood and
expectation; it holds where worth and frequency do not move together.
"""

import numpy as np
from msgspec import Struct
from scipy.special import gammaln

from jishi.gauges.fitting import best
from jishi.gauges.types import Floats


class GammaGamma(Struct, frozen=True):
    """A buyer's purchases are Gamma(p, nu); nu differs between buyers as Gamma(q, gamma) has it."""

    p: float
    q: float
    gamma: float


def fit(repeats: Floats, spent: Floats) -> GammaGamma:
    """Take those who came back, and what each of their purchases was worth on average."""

    def likelihood(parameters: Floats) -> float:
        return log_likelihood(_model(tuple(float(x) for x in parameters)), repeats, spent)

    return _model(best(likelihood, (1.0, 1.0, 1.0)))


def _model(parameters: tuple[float, ...]) -> GammaGamma:
    p, q, gamma = parameters
    return GammaGamma(p=p, q=q, gamma=gamma)


def log_likelihood(model: GammaGamma, repeats: Floats, spent: Floats) -> float:
    p, q, gamma = model.p, model.q, model.gamma
    shape = p * repeats
    each = (
        gammaln(shape + q)
        - gammaln(shape)
        - gammaln(q)
        + q * np.log(gamma)
        + (shape - 1) * np.log(spent)
        + shape * np.log(repeats)
        - (shape + q) * np.log(gamma + repeats * spent)
    )
    return float(each.sum())


def worth(model: GammaGamma, repeats: Floats, spent: Floats) -> Floats:
    """Give what a further purchase of each is worth: his own mean, drawn towards everybody's."""
    shape = model.p * repeats + model.q - 1
    return model.p * (model.gamma + repeats * spent) / shape
