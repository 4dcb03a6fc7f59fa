"""Template messages, one-time subscriptions and notices: requests and answers as documented."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from jishi.ports.wechat.official import OverLimit, notices, one_time, templates
from jishi.ports.wechat.official.notices import Notice, NoticeTemplate, Place
from jishi.ports.wechat.official.one_time import Content, OneTimeMessage, Question
from jishi.ports.wechat.official.templates import (
    Industries,
    Industry,
    MiniProgramPage,
    Template,
    TemplateMessage,
    Value,
)
from tests.ports.wechat.official.stage import HOSTS, Case, check, over_limit

SENT = {"errcode": 0, "errmsg": "ok", "msgid": 200228332}
PAGE = MiniProgramPage("wx2", "index?foo=bar")
FULL = TemplateMessage(
    openid="o1", template_id="T1", data={"k1": Value("巧克力", "#173177"), "k2": Value("39.8元")},
    url="http://shop.example", miniprogram=PAGE, client_msg_id="MSG_000001",
)  # fmt: skip
ONCE = OneTimeMessage(
    openid="o1", template_id="T1", scene="1000", title="到货", url="http://shop.example",
    data=Content(Value("您等的货到了", "#000000")),
)  # fmt: skip


def test_template_messages_are_sent_and_templates_kept(database_url: str) -> None:
    path = "/cgi-bin/message/template/send"
    check(
        database_url,
        Case(
            lambda account: templates.send(account, FULL),
            (
                "POST", path, {},
                {
                    "touser": "o1", "template_id": "T1", "url": "http://shop.example",
                    "miniprogram": {"appid": "wx2", "pagepath": "index?foo=bar"},
                    "client_msg_id": "MSG_000001",
                    "data": {
                        "k1": {"value": "巧克力", "color": "#173177"}, "k2": {"value": "39.8元"},
                    },
                },
            ),
            SENT,
            200228332,
        ),
    )  # fmt: skip


def test_templates_are_chosen_listed_and_deleted(database_url: str) -> None:
    kind = {"first_class": "运输与仓储", "second_class": "快递"}
    template = {
        "template_id": "T1", "title": "领取奖金提醒", "primary_industry": "IT科技",
        "deputy_industry": "互联网", "content": "{{result.DATA}}", "example": "奖金",
    }  # fmt: skip
    check(
        database_url,
        Case(
            lambda account: templates.set_industries(account, "1", "4"),
            (
                "POST", "/cgi-bin/template/api_set_industry", {},
                {"industry_id1": "1", "industry_id2": "4"},
            ),
        ),
        Case(
            templates.industries,
            ("GET", "/cgi-bin/template/get_industry", {}, None),
            {"primary_industry": kind, "secondary_industry": kind},
            Industries(Industry("运输与仓储", "快递"), Industry("运输与仓储", "快递")),
        ),
        Case(
            lambda account: templates.add(account, "TM00015", ("物品",)),
            (
                "POST", "/cgi-bin/template/api_add_template", {},
                {"template_id_short": "TM00015", "keyword_name_list": ["物品"]},
            ),
            {"errcode": 0, "template_id": "T1"},
            "T1",
        ),
        Case(
            templates.every,
            ("GET", "/cgi-bin/template/get_all_private_template", {}, None),
            {"template_list": [template]},
            (Template("T1", "领取奖金提醒", "IT科技", "互联网", "{{result.DATA}}", "奖金"),),
        ),
        Case(
            lambda account: templates.delete(account, "T1"),
            ("POST", "/cgi-bin/template/del_private_template", {}, {"template_id": "T1"}),
        ),
    )  # fmt: skip


def test_one_time_messages_are_asked_about_and_sent(database_url: str) -> None:
    url = one_time.question_url(
        HOSTS, "wx1", Question(1000, "T1", "https://shop.example/back?a=1", "test")
    )
    parts = urlsplit(url)
    assert (parts.netloc, parts.path, parts.fragment) == (
        "pages.example", "/mp/subscribemsg", "wechat_redirect",
    )  # fmt: skip
    assert parse_qsl(parts.query) == [
        ("action", "get_confirm"), ("appid", "wx1"), ("scene", "1000"), ("template_id", "T1"),
        ("redirect_url", "https://shop.example/back?a=1"), ("reserved", "test"),
    ]  # fmt: skip
    check(
        database_url,
        Case(
            lambda account: one_time.send(account, ONCE),
            (
                "POST", "/cgi-bin/message/template/subscribe", {},
                {
                    "touser": "o1", "template_id": "T1", "url": "http://shop.example",
                    "scene": "1000", "title": "到货",
                    "data": {"content": {"value": "您等的货到了", "color": "#000000"}},
                },
            ),
        ),
    )  # fmt: skip


def test_templates_of_notices_are_looked_for(database_url: str) -> None:
    check(
        database_url,
        Case(
            notices.categories,
            ("GET", "/wxaapi/newtmpl/getcategory", {}, None),
            {"errcode": 0, "data": [{"id": 616, "name": "公交"}]},
            (notices.Category(616, "公交"),),
        ),
        Case(
            lambda account: notices.titles(account, [2, 616], 0, 1),
            (
                "GET", "/wxaapi/newtmpl/getpubtemplatetitles",
                {"ids": "2,616", "start": "0", "limit": "1"}, None,
            ),
            {"count": 55, "data": [{"tid": 99, "title": "付款", "type": 2, "categoryId": "616"}]},
            notices.Titles(55, (notices.Title(99, "付款", 2, 616),)),
        ),
        Case(
            lambda account: notices.keywords(account, 99),
            ("GET", "/wxaapi/newtmpl/getpubtemplatekeywords", {"tid": "99"}, None),
            {"data": [{"kid": 1, "name": "物品名称", "example": "名称", "rule": "thing"}]},
            (notices.Keyword(1, "物品名称", "名称", "thing"),),
        ),
    )  # fmt: skip


def test_notices_are_kept_and_sent(database_url: str) -> None:
    notice = Notice(
        openid="o1", template_id="T1", page="http://shop.example", miniprogram=PAGE,
        data={"name1": Place("广州腾讯")},
    )  # fmt: skip
    kept: dict[str, Any] = {
        "priTmplId": "9Aw5ZV1j9xdWTFEkqCpZ7mIBbSC34khK55OtzUPl0rU", "title": "报名结果通知",
        "content": "会议时间:{{date2.DATA}}", "example": "会议时间:2016年8月8日", "type": 2,
    }  # fmt: skip
    check(
        database_url,
        Case(
            lambda account: notices.add(account, 401, [1, 2], "测试数据"),
            (
                "POST", "/wxaapi/newtmpl/addtemplate", {},
                {"tid": "401", "kidList": [1, 2], "sceneDesc": "测试数据"},
            ),
            {"errcode": 0, "priTmplId": "9Aw5"},
            "9Aw5",
        ),
        Case(
            notices.every,
            ("GET", "/wxaapi/newtmpl/gettemplate", {}, None),
            {"data": [kept]},
            (NoticeTemplate(kept["priTmplId"], kept["title"], kept["content"], kept["example"]),),
        ),
        Case(
            lambda account: notices.delete(account, "9Aw5"),
            ("POST", "/wxaapi/newtmpl/deltemplate", {}, {"priTmplId": "9Aw5"}),
        ),
        Case(
            lambda account: notices.send(account, notice),
            (
                "POST", "/cgi-bin/message/subscribe/bizsend", {},
                {
                    "touser": "o1", "template_id": "T1", "page": "http://shop.example",
                    "miniprogram": {"appid": "wx2", "pagepath": "index?foo=bar"},
                    "data": {"name1": {"value": "广州腾讯"}},
                },
            ),
        ),
    )  # fmt: skip


def test_notices_and_questions_outside_their_limits_are_not_sent(database_url: str) -> None:
    def once(title: str, words: str) -> Any:
        message = OneTimeMessage(
            openid="o1", template_id="T1", scene="1", title=title, data=Content(Value(words))
        )
        return lambda account: one_time.send(account, message)

    over_limit(
        database_url,
        once("x" * 16, "w"),
        once("", "w"),
        once("t", "w" * 201),
        lambda account: notices.titles(account, [1], 0, 31),
        lambda account: notices.add(account, 1, [1], "x"),
        lambda account: notices.add(account, 1, [1] * 6, "x"),
        lambda account: notices.add(account, 1, [1, 2], "x" * 16),
    )
    with pytest.raises(OverLimit):
        one_time.question_url(HOSTS, "wx1", Question(10_001, "T", "u", "r"))
    with pytest.raises(OverLimit):
        one_time.question_url(HOSTS, "wx1", Question(1, "T", "u", "r" * 129))
