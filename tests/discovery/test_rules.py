"""What a text is found by, and what a question asks for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jishi.discovery import rules
from jishi.discovery.synonyms import GROUPS

TERM = re.compile(r"'[a-z0-9㐀-鿿]+':1[ABC]")
WORD = r"'[a-z0-9㐀-鿿]+'(:\*)?"
QUERY = re.compile(rf"[(]*{WORD}[)]*( [&|] [(]*{WORD}[)]*)*")


def test_a_run_of_chinese_is_found_by_its_pairs_and_characters() -> None:
    assert rules.terms("龙井茶") == ["龙井", "井茶", "龙", "井", "茶"]


def test_width_case_and_plural_are_one() -> None:
    assert rules.terms("ＴＥＡ Cups glass 500ML") == ["tea", "cup", "glass", "500", "ml"]


def test_chinese_is_found_by_its_pinyin_and_its_initials() -> None:
    found = rules.pinyin("西湖龙井")
    assert {"longjing", "lj", "xihu", "xihulongjing", "xhlj"} <= set(found)


def test_a_question_asks_for_all_its_words_and_second_best_for_any() -> None:
    asked = rules.wanted("龙井 cups")
    assert asked is not None
    assert asked.all_of == "(('龙井')) & (('cup':*))"
    assert asked.any_of == "(('龙井')) | (('cup':*))"


@pytest.mark.parametrize("question", ["", "   ", "!?…", "' & | ( ) : * \\ <->"])
def test_a_question_without_a_word_asks_for_nothing(question: str) -> None:
    assert rules.wanted(question) is None


def test_either_word_of_a_pair_finds_the_other() -> None:
    for group in GROUPS:
        assert len(group) == len(set(group)) > 1, group
    assert "'保护' & '护壳'" in str(rules.wanted("手机壳"))
    assert "'手机' & '机壳'" in str(rules.wanted("保护壳"))


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300))
def test_no_text_writes_anything_but_terms(title: str, title_en: str, others: str) -> None:
    entry = rules.entry(title, title_en, others)
    assert all(TERM.fullmatch(part) for part in entry.split(" ") if part)
    assert entry.count(" ") < rules.TERMS_MAX


@given(st.text(max_size=200))
def test_no_question_writes_anything_but_words(question: str) -> None:
    asked = rules.wanted(question)
    if asked is not None:
        assert QUERY.fullmatch(asked.all_of), asked
        assert QUERY.fullmatch(asked.any_of), asked
