"""The highest likelihood of positive parameters."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from scipy.optimize import minimize

from jishi.gauges.types import Floats

Logs: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float64]]


def best(likelihood: Callable[[Floats], float], begin: tuple[float, ...]) -> tuple[float, ...]:
    """Climb from `begin`, in logarithms; first by slopes, then without them to the last digit."""

    def loss(logs: Logs) -> float:
        return -likelihood(np.exp(logs))

    start = np.log(near(likelihood, begin))
    top = minimize(
        loss, start, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-6, "maxiter": 4000}
    )
    return tuple(float(x) for x in np.exp(top.x))


def near(likelihood: Callable[[Floats], float], begin: tuple[float, ...]) -> tuple[float, ...]:
    """Climb by slopes alone: a hundredth of the work, and three digits of it."""

    def loss(logs: Logs) -> float:
        return -likelihood(np.exp(logs))

    slope = minimize(loss, [float(np.log(x)) for x in begin], method="L-BFGS-B")
    return tuple(float(x) for x in np.exp(slope.x))
