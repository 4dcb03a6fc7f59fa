"""Public data as sums, small enough to lie here, and where they come from."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from jishi.gauges.types import Buyers, Floats

DATA = Path(__file__).parent / "data"
HILLSTROM = "hillstrom.csv"


def columns(name: str) -> dict[str, Floats]:
    with (DATA / name).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {key: np.array([float(row[key]) for row in rows]) for key in rows[0]}


def cdnow() -> tuple[Buyers, Floats]:
    """CDNOW, a tenth of the buyers, as in the papers of Fader and Hardie; what they spent.

    From the package lifetimes 0.11.3 (MIT), alike histories counted together.
    """
    held = columns("cdnow.csv")
    buyers = Buyers(
        repeats=held["repeats"], last=held["last"], age=held["age"], alike=held["alike"]
    )
    return buyers, held["spent"]


def open_data(name: str) -> Path:
    """Find a public data set that is too large to lie here, or skip."""
    folder = os.environ.get("JISHI_OPEN_DATA")
    places = [Path(folder)] if folder else [up / "shared/data" for up in DATA.parents]
    for place in places:
        if (place / name).exists():
            return place / name
    pytest.skip(f"{name} is not here; set JISHI_OPEN_DATA to the folder that has it")
