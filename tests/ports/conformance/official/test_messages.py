"""wechatpy sends templates, notices, answers by hand and broadcasts."""

import io
from functools import partial
from urllib.parse import urlsplit

import pytest

from tests.ports.conformance.clients import refusal_of
from tests.ports.conformance.hands import DAY
from tests.ports.conformance.official.visit import BACK, Visit, numbers

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
PAID = {
    "character_string1": {"value": "S2026112200012"}, "thing2": {"value": "龙井 100克"},
    "amount3": {"value": "12.99元"}, "time4": {"value": "2026年11月22日 15:01"},
}  # fmt: skip


def test_a_template_is_taken_filled_in_and_arrives(visit: Visit) -> None:
    templates, fan = visit.client.template, visit.fan()
    templates.set_industry("1", "31")
    assert templates.get_industry()["secondary_industry"]["first_class"] == "消费品"
    template_id = templates.add("43216")
    (kept,) = templates.get_all_private_template()["template_list"]
    assert kept["template_id"] == template_id
    sent = visit.client.message.send_template(
        fan.openid, template_id, PAID, url="http://127.0.0.1/orders/9"
    )
    assert sent["msgid"]
    word = visit.last_word(fan)
    assert (word["channel"], word["content"]["url"]) == ("template", "http://127.0.0.1/orders/9")
    assert word["content"]["fields"][1]["text"] == "龙井 100克"
    templates.del_private_template(template_id)
    assert templates.get_all_private_template()["template_list"] == []


def test_a_template_has_its_conditions(visit: Visit) -> None:
    fan, stranger = visit.fan(), visit.somebody()
    template_id, send = visit.client.template.add("43216"), visit.client.message.send_template
    lacking = {name: value for name, value in PAID.items() if name != "thing2"}
    program = {"appid": "wx0000000000000000", "pagepath": "index"}
    assert numbers(
        lambda: send("nobody", template_id, PAID),
        lambda: send(fan.openid, "none", PAID),
        lambda: send(stranger.openid, template_id, PAID),
        lambda: send(fan.openid, template_id, lacking),
        lambda: send(fan.openid, template_id, PAID, mini_program=program),
    ) == [40003, 40037, 43004, 47003, 40013]


def test_answers_by_hand_of_every_kind_arrive(visit: Visit) -> None:
    fan, send = visit.somebody(), visit.client.message
    visit.do("follow", fan)
    visit.do("say", fan, text="在吗")
    picture = visit.client.media.upload("image", ("p.png", io.BytesIO(PNG)))["media_id"]
    send.send_text(fan.openid, "在的")
    send.send_image(fan.openid, picture)
    article = {"title": "新茶", "description": "到了", "url": "http://127.0.0.1/", "image": ""}
    send.send_articles(fan.openid, [article])
    choices = [{"id": "1", "content": "好"}, {"id": "2", "content": "不好"}]
    send.send_msg_menu(fan.openid, {"head_content": "满意吗", "list": choices, "tail_content": ""})
    kinds = [(each["channel"], each["kind"]) for each in visit.chat(fan)[1:]]
    assert kinds == [("customer", each) for each in ("text", "image", "news", "msgmenu")]


def test_answers_by_hand_are_counted_and_end(visit: Visit) -> None:
    fan, send = visit.fan(), visit.client.message.send_text
    visit.hands.advance(61)
    assert refusal_of(lambda: send(fan.openid, "很久了")) == 45015
    visit.do("say", fan, text="在吗")
    for number in range(5):
        send(fan.openid, f"{number}")
    assert refusal_of(lambda: send(fan.openid, "太多")) == 45047
    visit.hands.advance(2 * DAY)
    assert refusal_of(lambda: send(fan.openid, "太久")) == 45015
    assert refusal_of(lambda: send("nobody", "谁")) == 40003


def test_a_medium_of_another_kind_is_no_picture(visit: Visit) -> None:
    fan, send = visit.fan(), visit.client.message
    assert refusal_of(lambda: send.send_image(fan.openid, "none")) == 40007
    assert refusal_of(lambda: send.send_voice(fan.openid, "none")) == 40007


def test_a_broadcast_goes_to_everybody_and_is_not_sent_twice(visit: Visit) -> None:
    fan, send = visit.fan(), visit.client.message
    sent = send.send_mass_text(None, "新茶到了", is_to_all=True, client_msg_id="tea")
    visit.hands.advance(5)
    assert send.get_mass(sent["msg_id"])["msg_status"] == "SEND_SUCCESS"
    assert visit.last_word(fan)["content"]["text"] == "新茶到了"
    again = partial(send.send_mass_text, None, "新茶到了", is_to_all=True, client_msg_id="tea")
    assert refusal_of(again) == 45066
    visit.hands.advance(60)
    assert refusal_of(again) == 45065
    send.delete_mass(sent["msg_id"])


def test_a_broadcast_goes_to_some_and_a_preview_to_one(visit: Visit) -> None:
    one, two, send = visit.fan(), visit.fan(), visit.client.message
    assert send.send_mass_text(one.openid, "先看看", preview=True)["errcode"] == 0
    assert visit.last_word(one)["channel"] == "preview"
    send.send_mass_text([one.openid, two.openid], "请看")
    visit.hands.advance(5)
    assert visit.last_word(two)["channel"] == "broadcast"
    assert refusal_of(lambda: send.send_mass_text([one.openid], "一个人")) == 40130


def test_the_client_names_a_tag_as_groups_were_named_in_2015(visit: Visit) -> None:
    visit.fan()
    tag = visit.client.tag.create("茶友")
    refused = refusal_of(lambda: visit.client.message.send_mass_text(tag["id"], "请看"))
    assert refused == 45159


def test_the_month_of_a_broadcast_to_all_is_full_after_the_first_of_the_day(visit: Visit) -> None:
    visit.fan()
    send = visit.client.message.send_mass_text
    send(None, "一", is_to_all=True)
    assert refusal_of(lambda: send(None, "二", is_to_all=True)) == 45028


def test_a_notice_is_sent_to_whoever_allowed_it_once(visit: Visit) -> None:
    fan, message = visit.fan(), visit.client.message
    made = visit.hands.do(
        "POST", f"/accounts/{visit.appid}/templates",
        {"title": "发货提醒", "content": "订单号：{{character_string1.DATA}}", "kind": "notice"},
    )  # fmt: skip
    notice, data = made["template_id"], {"character_string1": {"value": "S1"}}
    send = partial(message.send_subscribe_message, fan.openid, notice, data)
    assert refusal_of(send) == 43101
    visit.do("subscription", fan, template_ids=[notice])
    assert send()["errcode"] == 0
    assert visit.last_word(fan)["channel"] == "notice"
    assert refusal_of(send) == 43101


def test_one_message_is_sent_after_one_confirmation_on_a_page(visit: Visit) -> None:
    person, message = visit.somebody(), visit.client.message
    known = visit.hands.do("GET", f"/accounts/{visit.appid}/templates")
    template_id = known["one_time_template_id"]
    url = urlsplit(message.get_subscribe_authorize_url(7, template_id, BACK, reserved="r"))
    assert url.netloc == "mp.weixin.qq.com"
    page = visit.hands.opened(f"{url.path}?{url.query}", person.person_id)
    assert "一次性订阅消息" in page.text
    asked = dict(pair.split("=", 1) for pair in url.query.split("&"))
    answer = visit.hands.decided(
        url.path, person.person_id, {**asked, "redirect_url": BACK, "decision": "allow"}
    )
    assert "action=confirm" in answer.headers["location"]
    data = {"content": {"value": "到货了"}}
    message.send_subscribe_template(person.openid, template_id, 7, "到货", data, url=BACK)
    assert visit.last_word(person)["channel"] == "once"
    with pytest.raises(Exception, match="43101"):
        message.send_subscribe_template(person.openid, template_id, 7, "到货", data, url=BACK)
