"""wechatpy signs pages for the JS-SDK, and learns by OAuth who opened one."""

from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.ports.conformance.clients import OauthFailure, refusal_of
from tests.ports.conformance.official.visit import BACK, Somebody, Visit

PAGE = "http://127.0.0.1/shop?a=1"


def config(visit: Visit, **changed: object) -> dict[str, object]:
    """Give what a page hands to `wx.config`, signed by the client."""
    ticket = visit.client.jsapi.get_jsapi_ticket()
    signature = visit.client.jsapi.get_jsapi_signature("Wm3WZYTPz0wzccnW", ticket, 1414587457, PAGE)
    return {
        "verifyAppId": visit.appid, "verifyTimestamp": "1414587457",
        "verifyNonceStr": "Wm3WZYTPz0wzccnW", "verifySignature": signature,
        "verifyJsApiList": ["chooseImage"], **changed,
    }  # fmt: skip


def verdict(visit: Visit, asked: dict[str, object], page: str) -> str:
    """Have the phone judge a page."""
    person = visit.somebody()
    call = {"person_id": person.person_id, "name": "preVerifyJSAPI", "page": page, "asked": asked}
    return str(visit.hands.do("POST", "/page-calls", call)["answer"]["err_msg"])


def opened(visit: Visit, oauth: Any, person: Somebody) -> dict[str, str]:
    """Open a page of WeChat's that asks for consent; give what it leads back with."""
    answer = visit.hands.opened(oauth.authorize_url.partition("#")[0], person.person_id)
    assert answer.is_redirect, answer.text
    assert answer.headers["location"].startswith(BACK)
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query, keep_blank_values=True))


def test_a_page_that_the_client_signed_is_good_and_another_is_not(visit: Visit) -> None:
    good = config(visit)
    assert verdict(visit, good, f"{PAGE}#part") == "preVerifyJSAPI:ok"
    assert "invalid signature" in verdict(visit, good, f"{PAGE}2")
    other = config(visit, verifyNonceStr="other")
    assert "invalid signature" in verdict(visit, other, PAGE)
    assert "invalid url domain" in verdict(visit, good, "http://shop.example/")


def test_a_ticket_is_the_same_for_all_who_ask_and_cards_have_another(visit: Visit) -> None:
    jsapi = visit.client.jsapi
    ticket = jsapi.get_jsapi_ticket()
    assert jsapi.get_ticket()["ticket"] == ticket
    assert jsapi.get_jsapi_card_ticket() != ticket
    assert refusal_of(lambda: jsapi.get_ticket("none")) == 40097
    visit.hands.advance(7_201)
    assert jsapi.get_ticket()["ticket"] != ticket


def test_who_opens_a_page_is_known_in_silence(visit: Visit) -> None:
    person, oauth = visit.somebody(), visit.oauth(state="7")
    given = opened(visit, oauth, person)
    assert given["state"] == "7"
    told = oauth.fetch_access_token(given["code"])
    assert (told["openid"], told["scope"]) == (person.openid, "snsapi_base")
    assert oauth.check_access_token() is True
    assert refusal_of(oauth.get_user_info, OauthFailure) == 48001


def test_a_person_is_asked_before_a_name_is_told(visit: Visit) -> None:
    person, oauth = visit.somebody(), visit.oauth(scope="snsapi_userinfo", state="7")
    url = urlsplit(oauth.authorize_url)
    page = visit.hands.opened(f"{url.path}?{url.query}", person.person_id)
    assert "申请使用" in page.text
    form = {**dict(parse_qsl(url.query)), "decision": "allow"}
    answer = visit.hands.decided(url.path, person.person_id, form)
    code = dict(parse_qsl(urlsplit(answer.headers["location"]).query))["code"]
    oauth.fetch_access_token(code)
    told = oauth.get_user_info()
    assert (told["openid"], told["nickname"]) == (person.openid, "林小满")
    assert told["unionid"] == person.unionid
    assert opened(visit, oauth, person)["code"] != code


def test_a_code_is_good_once_and_for_five_minutes(visit: Visit) -> None:
    person, oauth = visit.somebody(), visit.oauth()
    code = opened(visit, oauth, person)["code"]
    oauth.fetch_access_token(code)
    late = opened(visit, oauth, person)["code"]
    visit.hands.advance(301)
    refused = [
        refusal_of(partial(oauth.fetch_access_token, each), OauthFailure)
        for each in (code, "nonsense", late)
    ]
    assert refused == [40163, 40029, 42003]


def test_a_token_of_a_page_is_refreshed_for_thirty_days(visit: Visit) -> None:
    oauth = visit.oauth()
    oauth.fetch_access_token(opened(visit, oauth, visit.somebody())["code"])
    refresh, first = oauth.refresh_token, oauth.access_token
    visit.hands.advance(7_201)
    assert oauth.refresh_access_token(refresh)["access_token"] != first
    visit.hands.advance(31 * 86_400)
    again = partial(oauth.refresh_access_token, refresh)
    assert refusal_of(again, OauthFailure) in {40030, 42002}


def test_the_client_raises_where_it_says_that_it_answers_no(visit: Visit) -> None:
    oauth = visit.oauth()
    oauth.fetch_access_token(opened(visit, oauth, visit.somebody())["code"])
    visit.hands.advance(7_201)
    assert refusal_of(oauth.check_access_token, OauthFailure) in {40001, 42001}


def test_in_a_snapshot_page_a_person_is_nobody(visit: Visit) -> None:
    person, oauth = visit.somebody(), visit.oauth(scope="snsapi_userinfo")
    visit.hands.do("PUT", f"/people/{person.person_id}", {"is_snapshot": True})
    told = oauth.fetch_access_token(opened(visit, oauth, person)["code"])
    assert told["is_snapshotuser"] == 1
    assert told["openid"] != person.openid
    assert oauth.get_user_info()["nickname"] == "微信用户"
