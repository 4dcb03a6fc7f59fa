"""Words for the same thing, from the list beside this module."""

from pathlib import Path

_LINES = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
GROUPS = [
    [each.strip() for each in line.casefold().split(",")]
    for line in _LINES
    if line and not line.startswith("#")
]
_OTHERS: dict[str, list[str]] = {}
for _group in GROUPS:
    for _word in _group:
        _OTHERS.setdefault(_word, []).extend(each for each in _group if each != _word)


def alternatives(said: str) -> list[str]:
    """Give the other words for what was said; none when none are known."""
    return _OTHERS.get(said, [])
