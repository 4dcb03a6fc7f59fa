"""Webhooks are added: outside, for known kinds, a few a shop."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jishi import webhooks
from jishi.kernel import Refused
from tests.conftest import opened
from tests.webhooks.listener import add

URL = "https://example.com/told"
ODD = st.sampled_from(["", "a", "x" * 22, "\x00" * 22, "é" * 22, "order.paid", URL, "https://["])


def test_a_shop_has_ten_webhooks(database_url: str, book: int) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = [add(book, URL) for _ in range(11)]
            answers = await asyncio.gather(*map(market.ask, asked))
            assert answers[10] == Refused("too_many_webhooks", {"webhooks_max": 10})
            assert all(isinstance(each, webhooks.WebhookAdded) for each in answers[:10])
            found = await market.look(webhooks.views.all_webhooks, book=book)
            assert [each.url for each in found] == [URL] * 10

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("url", "kinds", "reason"),
    [
        ("http://example.com/", ("order.paid",), "webhook_url_out_of_bounds"),
        (URL, ("order.paid", "order.paid"), "webhook_kinds_unknown"),
        (URL, ("order.stolen",), "webhook_kinds_unknown"),
    ],
)
def test_a_webhook_is_refused(
    database_url: str, book: int, url: str, kinds: tuple[str, ...], reason: str
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            answer = await market.ask(add(book, url, *kinds))
            assert isinstance(answer, Refused)
            assert answer.reason == reason

    asyncio.run(scene())


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wishes=st.lists(
        st.tuples(st.integers(-1, 3), ODD, ODD, st.lists(ODD, max_size=2)), min_size=1, max_size=5
    )
)
def test_any_webhook_is_an_event_or_a_refusal(
    database_url: str, book: int, wishes: list[tuple[int, str, str, list[str]]]
) -> None:
    async def scene() -> None:
        async with opened(database_url) as market:
            asked = [
                add(book, url, webhook_id=number, public_id=public_id, kinds=tuple(kinds))
                for number, public_id, url, kinds in wishes
            ]
            for answer in await asyncio.gather(*map(market.ask, asked)):
                assert isinstance(answer, webhooks.WebhookAdded | Refused)

    asyncio.run(scene())
