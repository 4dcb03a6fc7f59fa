"""The same words in two languages, side by side."""

from collections.abc import Mapping

import msgspec

from jishi.pages import ENGLISH


class Said(msgspec.Struct, frozen=True):
    """What happened, and what can be done."""

    said: str
    way_out: str


class Both(msgspec.Struct, frozen=True):
    """The same in two languages."""

    chinese: Said
    english: Said

    def to(self, language: str, detail: Mapping[str, object]) -> Said:
        """Say it to a reader, with the numbers that the refusal brought."""
        said = self.english if language == ENGLISH else self.chinese
        return Said(said.said.format(**detail), said.way_out.format(**detail))


def both(said: str, way_out: str, said_en: str, way_out_en: str) -> Both:
    """Write down the same in two languages."""
    return Both(Said(said, way_out), Said(said_en, way_out_en))
