"""What a visitor is told of a closed order: truly whether money went back."""

from datetime import UTC, datetime

import pytest

from jishi.pages import LANGUAGES, Engine
from jishi.trade.views import OrderStep
from jishi.web.storefront.said import path_of, said_of

NOW = datetime.now(UTC)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refunded_order_is_not_said_to_have_cost_nothing(language: str) -> None:
    words = Engine((), {}).words[language]
    refunded = [OrderStep(state="closed", at=NOW, by="market", reason="all_refunded")]
    lapsed = [OrderStep(state="closed", at=NOW, by="market", reason="order_closed")]
    assert said_of("closed", words, refunded) != said_of("closed", words, lapsed)
    assert said_of("closed", words, lapsed) == said_of("closed", words)
    assert path_of(refunded, words)[0].said != path_of(lapsed, words)[0].said
