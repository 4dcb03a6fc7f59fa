"""Into which arm a unit falls: by its number and the experiment's name, nothing is stored.

The same unit falls into the same arm for ever, and arms of different experiments are independent.
"""

from hashlib import blake2b

PARTS = 1_000
"""Shares of arms are counted in thousandths."""

WORD = (1 << 64) - 1


def part(experiment: str, unit_id: int) -> int:
    """Give which thousandth of all units this one is in, 0 to 999.

    Source of the mixing: G. L. Steele, D. Lea, C. H. Flood, Fast Splittable Pseudorandom Number
    Generators, OOPSLA 2014 (the finaliser of SplitMix64).
    """
    mixed = (salt(experiment) ^ unit_id) & WORD
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & WORD
    return (mixed ^ (mixed >> 31)) % PARTS


def salt(experiment: str) -> int:
    return int.from_bytes(blake2b(experiment.encode(), digest_size=8).digest(), "big")


def arm_of(part_of_unit: int, arms: tuple[tuple[str, int], ...]) -> str:
    """Give the arm of a part; each arm takes so many thousandths, in their order."""
    for name, thousandths in arms:
        if part_of_unit < thousandths:
            return name
        part_of_unit -= thousandths
    raise ValueError("the arms do not add up to 1,000 thousandths")
