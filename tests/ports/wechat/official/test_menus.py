"""Menus: made, shown, for some, and never larger than WeChat takes them."""

from typing import Any

from jishi.ports.wechat.official import menus
from jishi.ports.wechat.official.menus import Audience, Button, Menu, Menus, Shown
from tests.ports.wechat.official.stage import Case, check, over_limit

BUTTONS = (
    Button("今日歌曲", "click", key="V1001"),
    Button(
        "菜单",
        below=(
            Button("搜索", "view", url="https://www.example.cn/"),
            Button("wxa", "miniprogram", url="https://x.cn", appid="wx1", pagepath="pages/a"),
            Button("扫码", "scancode_waitmsg", key="rselfmenu_0_0"),
            Button("图片", "media_id", media_id="M1"),
            Button("文章", "article_id", article_id="A1"),
        ),
    ),
)
WIRE: list[dict[str, Any]] = [
    {"name": "今日歌曲", "type": "click", "key": "V1001"},
    {
        "name": "菜单",
        "sub_button": [
            {"name": "搜索", "type": "view", "url": "https://www.example.cn/"},
            {
                "name": "wxa", "type": "miniprogram", "url": "https://x.cn", "appid": "wx1",
                "pagepath": "pages/a",
            },
            {"name": "扫码", "type": "scancode_waitmsg", "key": "rselfmenu_0_0"},
            {"name": "图片", "type": "media_id", "media_id": "M1"},
            {"name": "文章", "type": "article_id", "article_id": "A1"},
        ],
    },
]  # fmt: skip
SOME = Audience(tag_id="2", platform="1")
SHOWN = {
    "is_menu_open": 1,
    "selfmenu_info": {
        "button": [
            {"name": "b", "sub_button": {"list": [{"type": "view", "name": "v", "url": "u"}]}},
            {"type": "text", "name": "t", "value": "hi"},
        ]
    },
}


def test_menus_are_made_shown_and_deleted(database_url: str) -> None:
    rule = {"tag_id": "2", "client_platform_type": "1"}
    kept = {
        "menu": {"button": WIRE, "menuid": 208396938},
        "conditionalmenu": [{"button": WIRE[:1], "matchrule": rule, "menuid": "208396993"}],
    }
    below = menus.ShownButtons((menus.ShownButton("v", "view", url="u"),))
    buttons = (menus.ShownButton("b", below=below), menus.ShownButton("t", "text", value="hi"))
    check(
        database_url,
        Case(
            lambda account: menus.create(account, BUTTONS),
            ("POST", "/cgi-bin/menu/create", {}, {"button": WIRE}),
        ),
        Case(
            menus.kept,
            ("GET", "/cgi-bin/menu/get", {}, None),
            kept,
            Menus(Menu(BUTTONS, 208396938), (Menu(BUTTONS[:1], 208396993, SOME),)),
        ),
        Case(
            menus.shown,
            ("GET", "/cgi-bin/get_current_selfmenu_info", {}, None),
            SHOWN,
            Shown(is_open=True, menu=menus.ShownMenu(buttons)),
        ),
        Case(
            menus.shown,
            ("GET", "/cgi-bin/get_current_selfmenu_info", {}, None),
            {"is_menu_open": 0},
            Shown(is_open=False),
        ),
        Case(menus.delete, ("GET", "/cgi-bin/menu/delete", {}, None)),
    )  # fmt: skip


def test_menus_for_some_are_made_tried_and_deleted(database_url: str) -> None:
    rule = {"tag_id": "2", "client_platform_type": "1"}
    check(
        database_url,
        Case(
            lambda account: menus.add_conditional(account, BUTTONS[:1], SOME),
            (
                "POST", "/cgi-bin/menu/addconditional", {},
                {"button": WIRE[:1], "matchrule": rule},
            ),
            {"menuid": "208379533"},
            208379533,
        ),
        Case(
            lambda account: menus.delete_conditional(account, 208379533),
            ("POST", "/cgi-bin/menu/delconditional", {}, {"menuid": "208379533"}),
        ),
        Case(
            lambda account: menus.try_for(account, "o1"),
            ("POST", "/cgi-bin/menu/trymatch", {}, {"user_id": "o1"}),
            {"button": WIRE},
            BUTTONS,
        ),
    )  # fmt: skip


def test_a_menu_that_is_too_large_is_not_sent(database_url: str) -> None:
    button = Button("b", "click", key="k")

    def making(*buttons: Button) -> Any:
        return lambda account: menus.create(account, buttons)

    over_limit(
        database_url,
        making(),
        making(button, button, button, button),
        making(Button("b", below=(button,) * 6)),
        making(Button("字" * 6, "click", key="k")),
        making(Button("", "click", key="k")),
        making(Button("b", below=(Button("字" * 21, "click", key="k"),))),
        making(Button("b", "click", key="k" * 129)),
        making(Button("b", "view", url="u" * 1_025)),
        lambda account: menus.add_conditional(account, (), SOME),
    )
