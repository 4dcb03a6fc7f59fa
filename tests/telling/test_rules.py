"""What is said: a template's places are filled by what they are called, as WeChat lets them be."""

from datetime import UTC, datetime, timedelta

import pytest

from jishi.ports.wechat.official.templates import Template, Value
from jishi.sandbox.official.template_library import TEMPLATES, template_text
from jishi.sandbox.official.template_rules import reason_against
from jishi.telling import rules

ORDER = rules.Order(
    1, 2, "JS2611240001", "abc", "tea", "明前龙井 头采 特级 礼盒装 送礼佳品 一百克装", 12_800
)
AT = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
SAID = {
    rules.PAID: rules.of_payment(ORDER, 12_800, AT),
    rules.SHIPPED: rules.of_parcel(ORDER, "顺丰速运", "SF1234567890123"),
    rules.REFUNDED: rules.of_refund(ORDER, 5, AT),
}


@pytest.mark.parametrize("title", list(SAID))
def test_each_template_of_the_library_holds_what_is_said(title: str) -> None:
    content = template_text(TEMPLATES[rules.LIBRARY[title]].keywords)
    filled = rules.filled(content, SAID[title])
    assert filled is not None
    given = {field: value.value for field, value in filled.items()}
    assert reason_against(content, given) is None
    assert "JS2611240001" in given.values()


def test_a_template_that_asks_for_more_is_not_filled() -> None:
    content = "订单号：{{character_string1.DATA}}\n会员等级：{{thing2.DATA}}"
    assert rules.filled(content, SAID[rules.PAID]) is None
    assert rules.filled("{{first.DATA}}", SAID[rules.PAID]) is None
    one = "订单号：{{character_string1.DATA}}"
    assert rules.filled(one, SAID[rules.PAID]) == {"character_string1": Value("JS2611240001")}


def test_the_accounts_template_is_known_by_its_title() -> None:
    known = [Template("t1", "别的"), Template("t2", rules.PAID)]
    assert rules.chosen(known, rules.PAID) == known[1]
    assert rules.chosen(known, rules.SHIPPED) is None


def test_amounts_moments_and_long_names_fit_their_places() -> None:
    assert [rules.yuan(fen) for fen in (5, 100, 12_345)] == ["0.05元", "1.00元", "123.45元"]
    assert rules.moment(AT) == "2026年11月24日 12:00"
    assert len(rules.thing(ORDER.title)) == 20
    assert rules.thing("茶") == "茶"


def test_what_is_old_is_no_news() -> None:
    assert not rules.is_late(AT, AT + timedelta(minutes=29))
    assert rules.is_late(AT, AT + timedelta(minutes=31))
