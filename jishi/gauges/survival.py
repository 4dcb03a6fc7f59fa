"""How long until the first order, with the unfollowed as a competing end.

Sources: E. L. Kaplan, P. Meier, J. Am. Stat. Assoc. 53 (1958); M. Greenwood (1926), its variance;
O. O. Aalen, S. Johansen, Scandinavian Journal of Statistics 5 (1978), competing ends; G. E. Dinse,
M. G. Larson, Biometrika 73 (1986), their variance; P. Royston, M. K. B. Parmar, BMC Medical
Research Methodology 13 (2013), the restricted mean.
"""

import math

import numpy as np
from msgspec import Struct

from jishi.gauges.means import less
from jishi.gauges.types import Estimate, Floats, Integers


class LifeTable(Struct, frozen=True, eq=False):
    """All that is kept of waiting times: at each, who was still waiting and how many ended how."""

    at: Floats
    waiting: Floats
    # A row for each way to end, the first being the one of interest.
    ended: Floats


def life_table(durations: Floats, ending: Integers, endings: int) -> LifeTable:
    """Count the ends; an ending of -1 is somebody who is waiting still."""
    at, place = np.unique(durations, return_inverse=True)
    everyone = np.bincount(place, minlength=len(at))
    waiting = everyone[::-1].cumsum()[::-1].astype(np.float64)
    ended = np.array(
        [np.bincount(place[ending == way], minlength=len(at)) for way in range(endings)]
    )
    return LifeTable(at=at, waiting=waiting, ended=ended.astype(np.float64))


def still_waiting(table: LifeTable) -> Floats:
    """Give the share that has not ended in any way, after each time (Kaplan-Meier)."""
    left: Floats = np.cumprod(1 - table.ended.sum(axis=0) / table.waiting)
    return left


def errors(table: LifeTable) -> Floats:
    """Give the standard errors of that share (Greenwood)."""
    ended = table.ended.sum(axis=0)
    rest = np.maximum(table.waiting - ended, 1e-300)
    found: Floats = still_waiting(table) * np.sqrt(np.cumsum(ended / table.waiting / rest))
    return found


def ended_so(table: LifeTable, way: int) -> Floats:
    """Give the share that has ended in one way, after each time (Aalen-Johansen)."""
    before = np.concatenate([[1.0], still_waiting(table)[:-1]])
    share: Floats = np.cumsum(before * table.ended[way] / table.waiting)
    return share


def ended_so_errors(table: LifeTable, way: int) -> Floats:
    """Give the standard errors of that share, by the delta method."""
    waiting, ended, so = table.waiting, table.ended.sum(axis=0), table.ended[way]
    before = np.concatenate([[1.0], still_waiting(table)[:-1]])
    share = ended_so(table, way)
    # Nothing comes after a time at which nobody is left.
    hazard = np.where(waiting > ended, ended / waiting / np.maximum(waiting - ended, 1), 0.0)
    # Who ended so at each time, and what that time leaves to end so later: (F(t) - F(s))^2 opened.
    own = before**2 * (waiting - so) * so / waiting**3
    both = before * so / waiting**2
    spread = (
        share**2 * np.cumsum(hazard)
        - 2 * share * np.cumsum(share * hazard + both)
        + np.cumsum(share**2 * hazard + own + 2 * share * both)
    )
    found: Floats = np.sqrt(np.maximum(spread, 0.0))
    return found


def wait_gained(treated: LifeTable, control: LifeTable, horizon: float) -> Estimate:
    """Give by how much the mean wait until the horizon is longer in one arm than in the other."""
    return less(mean_until(treated, horizon), mean_until(control, horizon))


def mean_until(table: LifeTable, horizon: float) -> Estimate:
    """Give the mean wait, none longer than the horizon: the area under the curve."""
    inside = table.at < horizon
    times = np.concatenate([[0.0], table.at[inside], [horizon]])
    curve = np.concatenate([[1.0], still_waiting(table)[inside]])
    areas = np.diff(times) * curve
    # What lies under the curve to the right of each end.
    after = areas[::-1].cumsum()[::-1][1:]
    ended, waiting = table.ended.sum(axis=0)[inside], table.waiting[inside]
    rest = np.maximum(waiting - ended, 1.0)
    spread = float(np.sum(after**2 * ended / waiting / rest))
    return Estimate(value=float(areas.sum()), error=math.sqrt(spread))
