"""The divisions of China: province, city, district, by the six digits of GB/T 2260.

From the package that `divisions.json` names, with its version, its licence and its hash.
"""

from functools import cache
from pathlib import Path

import msgspec


class Package(msgspec.Struct, frozen=True):
    """The data as it was taken over: the name of each code."""

    names: dict[str, str]


NAMES = msgspec.json.decode(Path(__file__).with_suffix(".json").read_bytes(), type=Package).names


def is_district(code: str) -> bool:
    """Tell whether this is the code of a district: only there a street can be."""
    return code in NAMES and not code.endswith("00")


def names_of(code: str) -> list[str]:
    """Give the names of a district's province, city and itself."""
    above = (f"{code[:2]}0000", f"{code[:4]}00", code)
    return [NAMES[each] for each in above if each in NAMES]


@cache
def within(code: str) -> list[tuple[str, str]]:
    """Give the divisions right below one, each its code and name; without a code, the provinces."""
    return [(each, name) for each, name in NAMES.items() if _stem(each)[:-2] == _stem(code)]


def _stem(code: str) -> str:
    """Give the digits that say something: two of a province, four of a city, six of a district."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code
