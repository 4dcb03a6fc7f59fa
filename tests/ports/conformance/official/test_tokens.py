"""wechatpy fetches tokens, and fetches them again when they are dead."""

import pytest

from tests.ports.conformance.clients import LimitFailure, refusal_of
from tests.ports.conformance.official.visit import Visit, numbers

IPS = "/cgi-bin/getcallbackip"


def test_a_token_is_fetched_once_and_kept(visit: Visit) -> None:
    before = visit.hands.last_exchange()
    assert visit.client.misc.get_wechat_ips() == ["127.0.0.1"]
    assert visit.client.misc.get_wechat_ips() == ["127.0.0.1"]
    assert len(list(visit.hands.exchanges(before, "/cgi-bin/token"))) == 1


def test_a_token_that_another_process_killed_is_fetched_anew(visit: Visit) -> None:
    first = visit.client.access_token
    visit.hands.arm("token_invalidated")
    assert visit.client.misc.get_wechat_ips() == ["127.0.0.1"]
    assert visit.client.access_token != first


def test_a_token_that_another_process_replaced_is_good_for_five_minutes_more(visit: Visit) -> None:
    first, other = visit.client.access_token, visit.another_client()
    assert other.access_token != first
    visit.client.misc.get_wechat_ips()
    assert visit.client.access_token == first
    visit.hands.advance(301)
    visit.client.misc.get_wechat_ips()
    assert visit.client.access_token != first


def test_a_token_that_ended_by_wechats_clock_is_fetched_anew(visit: Visit) -> None:
    first = visit.client.access_token
    visit.hands.advance(7_201)
    assert visit.client.misc.get_wechat_ips() == ["127.0.0.1"]
    assert visit.client.access_token != first


def test_a_token_that_is_none_is_fetched_anew_unless_the_client_was_told_not_to(
    visit: Visit,
) -> None:
    asked = {"access_token": "nonsense", "auto_retry": False}
    assert refusal_of(visit.another_client(**asked).misc.get_wechat_ips) == 40014
    willing = visit.another_client(access_token="nonsense")  # noqa: S106 - it opens nothing
    assert willing.misc.get_wechat_ips() == ["127.0.0.1"]


def test_a_wrong_secret_and_an_unknown_account_get_no_token(visit: Visit) -> None:
    wrong, unknown = visit.another_client(secret="0" * 32), visit.another_client()
    unknown.appid = "wx0000000000000000"
    assert numbers(wrong.fetch_access_token, unknown.fetch_access_token) == [40125, 40013]


def test_a_busy_and_a_strict_wechat_are_told_apart(visit: Visit) -> None:
    visit.hands.arm("system_error", operation=IPS)
    assert refusal_of(visit.client.misc.get_wechat_ips) == -1
    visit.hands.arm("rate_limited", operation=IPS)
    with pytest.raises(LimitFailure) as caught:
        visit.client.misc.get_wechat_ips()
    assert caught.value.errcode == 45009
    assert "rid: " in caught.value.errmsg


def test_the_client_fetches_tokens_as_often_as_they_are_refused(visit: Visit) -> None:
    before, client = visit.hands.last_exchange(), visit.client
    visit.hands.arm("token_invalidated", times=7)
    assert client.misc.get_wechat_ips() == ["127.0.0.1"]
    assert len(list(visit.hands.exchanges(before, "/cgi-bin/token"))) == 8


def test_what_is_no_json_has_the_wrong_method_or_nothing_in_it_is_named(visit: Visit) -> None:
    client = visit.client
    assert numbers(
        lambda: client.post("message/custom/send", data=b"{"),
        lambda: client.post("message/custom/send"),
        lambda: client.get("message/custom/send"),
        lambda: client.post("getcallbackip", data={}),
    ) == [47001, 44002, 43002, 43001]
