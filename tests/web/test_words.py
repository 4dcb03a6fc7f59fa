"""Refusals: each in both languages, with its numbers filled in."""

import pytest

from jishi.web.words import FAULTS, REFUSALS, UNFORESEEN, fault, refusal

DETAIL: dict[str, object] = {
    "lines_max": 50, "quantity_max": 999, "characters_max": 200, "sku_ids": [1], "state": "closed",
}  # fmt: skip


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_refusal_says_what_to_do_in_both_languages(reason: str) -> None:
    chinese, english = (refusal(language, reason, DETAIL) for language in ("zh-CN", "en"))
    assert all((chinese.said, chinese.way_out, english.said, english.way_out))
    assert english.said.isascii()
    assert not chinese.said.isascii()
    assert "{" not in chinese.said + chinese.way_out + english.said + english.way_out


def test_what_nobody_foresaw_is_still_said_kindly() -> None:
    assert refusal("en", "hold_unknown", {}) == UNFORESEEN.english
    assert fault("en", 502) == FAULTS[500].english
    assert fault("zh-CN", 418) == FAULTS[400].chinese
