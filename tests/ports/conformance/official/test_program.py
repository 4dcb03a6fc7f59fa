"""wechatpy as a mini program's server: log in, open what the phone sealed, draw codes, notices."""

import json

import pytest

from tests.ports.conformance.clients import (
    BadAppid,
    BadSignature,
    ClientFailure,
    ProgramCrypto,
    check_program_signature,
    parse_message,
    refusal_of,
)
from tests.ports.conformance.official.visit import Visit, numbers
from tests.ports.conformance.receiver import Said


def code_of(program: Visit, person_id: int) -> str:
    """Have the phone give a code to log in with."""
    asked = {"appid": program.appid, "person_id": person_id}
    return str(program.hands.deed("program-code", **asked)["code"])


def test_a_person_logs_in_once_with_a_code(program: Visit) -> None:
    person = program.somebody()
    code = code_of(program, person.person_id)
    session = program.client.wxa.code_to_session(code)
    assert (session["openid"], session["unionid"]) == (person.openid, person.unionid)
    late = code_of(program, person.person_id)
    program.hands.advance(301)
    log_in = program.client.wxa.code_to_session
    assert numbers(
        lambda: log_in(code), lambda: log_in("none"), lambda: log_in(late)
    ) == [40163, 40029, 40029]  # fmt: skip


def test_what_the_phone_sealed_and_signed_is_opened_and_checked(program: Visit) -> None:
    person = program.somebody()
    session = program.client.wxa.code_to_session(code_of(program, person.person_id))
    given = program.do("program-data", person)
    check_program_signature(session["session_key"], given["rawData"], given["signature"])
    with pytest.raises(BadSignature):
        check_program_signature("other", given["rawData"], given["signature"])
    crypto = ProgramCrypto(session["session_key"], given["iv"], program.appid)
    told = crypto.decrypt_message(given["encryptedData"])
    assert (told["openId"], told["nickName"]) == (person.openid, "微信用户")
    stranger = ProgramCrypto(session["session_key"], given["iv"], "wx0000000000000000")
    with pytest.raises(BadAppid):
        stranger.decrypt_message(given["encryptedData"])


def test_codes_are_drawn_and_lead_to_their_page(program: Visit) -> None:
    wxa = program.client.wxa
    drawn = wxa.get_wxa_code("pages/shop?sku=7")
    assert drawn.headers["content-type"].startswith("image/")
    unlimited = wxa.get_wxa_code_unlimited("a=1", page="pages/shop")
    assert unlimited.content[:4] in {b"\x89PNG", b"\xff\xd8\xff\xe0"}
    assert numbers(
        lambda: wxa.get_wxa_code("/pages/shop"),
        lambda: wxa.get_wxa_code_unlimited("长" * 33, page="pages/shop"),
    ) == [41030, 40169]


def test_the_client_says_nothing_for_a_page_that_it_was_not_given(program: Visit) -> None:
    drawn = program.client.wxa.get_wxa_code_unlimited("a=1")
    assert drawn.status_code == 200


def test_a_notice_needs_a_word_of_the_person(program: Visit) -> None:
    person = program.somebody()
    made = program.hands.do(
        "POST", f"/accounts/{program.appid}/templates",
        {"title": "发货提醒", "content": "订单号：{{character_string1.DATA}}", "kind": "notice"},
    )  # fmt: skip
    notice, data = made["template_id"], {"character_string1": {"value": "S1"}}
    send = program.client.wxa.send_subscribe_message
    refused = numbers(
        lambda: send(person.openid, notice, data),
        lambda: send(person.openid, "none", data),
        lambda: send("nobody", notice, data),
    )
    program.do("subscription", person, template_ids=[notice])
    assert send(person.openid, notice, data, page="pages/orders")["errcode"] == 0
    assert refused == [43101, 40037, 40003]


def test_words_are_checked_in_the_older_way_that_the_client_knows(program: Visit) -> None:
    check = program.client.wxa.check_text_security
    assert check("龙井茶")["errcode"] == 0
    assert refusal_of(lambda: check("")) == 44004


def test_a_service_account_is_no_program_and_a_program_no_service_account(
    program: Visit, visit: Visit
) -> None:
    assert refusal_of(lambda: visit.client.wxa.get_wxa_code("pages/shop")) == 48001
    assert refusal_of(program.client.menu.get_menu_info) == 48001


def test_the_client_reads_no_push_of_a_program_because_it_is_json(program: Visit) -> None:
    account, inbox = program.account, program.inbox
    inbox.answer = lambda came: Said(200, came.query.get("echostr", "success"))
    program.hands.do("PUT", f"/accounts/{account['appid']}/server", {"push_url": inbox.url})
    person = program.somebody()
    program.do("service-chat", person)
    program.hands.settle()
    pushed = inbox.taken()[-1].body
    assert json.loads(pushed)["Event"] == "user_enter_tempsession"
    with pytest.raises(Exception, match="not well-formed"):
        parse_message(pushed)


def test_what_the_client_knows_and_wechat_took_away_is_not_there(program: Visit) -> None:
    with pytest.raises(ClientFailure) as caught:
        program.client.wxa.list_library_templates()
    assert caught.value.response.status_code == 404
