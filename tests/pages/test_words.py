"""Words: whose language, singular and plural, a complete catalogue and nothing stale in it."""

from datetime import UTC, datetime

import pytest

from jishi.pages.words import Words, choose_language, english
from tests.house.checks.translations import asked
from tests.house.checks.tree import ROOT


@pytest.mark.parametrize(
    ("wish", "accepted", "language"),
    [
        ("", "", "zh-CN"),
        ("", "en-US,en;q=0.9", "en"),
        ("", "zh-TW,en;q=0.5", "zh-CN"),
        ("", "fr-FR,fr;q=0.9,en;q=0.4", "en"),
        ("", "fr", "zh-CN"),
        ("", "en;q=0.3, zh;q=0.8", "zh-CN"),
        ("", "en;q=0.8, zh;q=0.3", "en"),
        ("", "en;q=nonsense, *;q=0.1,,;", "zh-CN"),
        ("en", "zh-CN", "en"),
        ("zh-CN", "en", "zh-CN"),
        ("tlh", "en", "en"),
    ],
)
def test_the_readers_wish_comes_first_and_chinese_otherwise(
    wish: str, accepted: str, language: str
) -> None:
    assert choose_language(wish, accepted) == language


def test_one_is_singular_and_more_are_plural() -> None:
    english_words, chinese_words = Words("en"), Words("zh-CN")
    assert english_words.count("共 {n} 件", 1) == "1 item"
    assert english_words.count("共 {n} 件", 1_200) == "1,200 items"
    assert english_words.count("共 {n} 件", 0) == "0 items"
    assert chinese_words.count("共 {n} 件", 1) == "共 1 件"


def test_a_merchants_english_is_used_where_he_wrote_some() -> None:
    assert Words("en").pick("茶", "Tea") == "Tea"
    assert Words("en").pick("茶", "") == "茶"
    assert Words("zh-CN").pick("茶", "Tea") == "茶"


def test_a_moment_is_told_by_the_clock_in_shanghai() -> None:
    at = datetime(2026, 11, 22, 18, 5, tzinfo=UTC)
    assert Words("zh-CN").moment(at) == "11月23日 02:05"
    assert Words("en").moment(at) == "23 Nov, 02:05"


def test_the_catalogue_has_nothing_that_nobody_says() -> None:
    assert set(english()) - {text for _, text in asked(ROOT)} == set()


def test_a_translation_has_the_places_of_its_source() -> None:
    for source, forms in english().items():
        for form in forms:
            places = {part.partition("}")[0] for part in source.split("{")[1:]}
            said = {part.partition("}")[0] for part in form.split("{")[1:]}
            assert said <= places | {"name"}, source
