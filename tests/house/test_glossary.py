"""The glossary has every word of the trade, and no word that is gone."""

from tests.house.checks import glossary
from tests.house.checks.tree import ROOT, hold


def test_every_word_is_explained() -> None:
    hold(glossary.unexplained(ROOT))


def test_no_word_of_the_glossary_is_gone() -> None:
    hold(glossary.stale(ROOT))
