"""Refusals: each in both languages, with its numbers filled in."""

from string import Formatter

import pytest

from jishi.web.words import FAULTS, REFUSALS, UNFORESEEN, fault, refusal
from tests.house.checks.tree import ROOT


def detail_of(reason: str) -> dict[str, object]:
    """Give a value for every number that the words of a refusal want."""
    both = REFUSALS[reason]
    texts = [text for said in (both.chinese, both.english) for text in (said.said, said.way_out)]
    return {name: 7 for text in texts for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_refusal_says_what_to_do_in_both_languages(reason: str) -> None:
    chinese, english = (
        refusal(language, reason, detail_of(reason)) for language in ("zh-CN", "en")
    )
    assert all((chinese.said, chinese.way_out, english.said, english.way_out))
    assert english.said.isascii()
    assert not chinese.said.isascii()
    assert "{" not in chinese.said + chinese.way_out + english.said + english.way_out


def test_what_nobody_foresaw_is_still_said_kindly() -> None:
    assert refusal("en", "hold_unknown", {}) == UNFORESEEN.english
    assert fault("en", 502) == FAULTS[500].english
    assert fault("zh-CN", 418) == FAULTS[400].chinese


def listed() -> str:
    """Write the list of refusals, as the document has it."""
    rows = [
        f"| `{reason}` | {both.chinese.said}。{both.chinese.way_out} "
        f"| {both.english.said}. {both.english.way_out} |"
        for reason, both in sorted(REFUSALS.items())
    ]
    return "\n".join(["| reason | 中文 | English |", "|---|---|---|", *rows])


def test_the_document_lists_every_refusal_as_it_is_said() -> None:
    text = (ROOT / "docs" / "refusals.md").read_text("utf-8")
    assert listed() in text
    assert len(REFUSALS) > 100
