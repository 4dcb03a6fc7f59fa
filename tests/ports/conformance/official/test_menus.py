"""wechatpy sets menus, for all and for some."""

from tests.ports.conformance.official.visit import Visit, numbers

SHOP = {"type": "view", "name": "逛逛", "url": "http://127.0.0.1/shop"}
SIGN = {"type": "click", "name": "签到", "key": "SIGN"}
MENU = {"button": [SIGN, {"name": "更多", "sub_button": [SHOP, SIGN]}]}


def test_a_menu_is_set_shown_tapped_and_taken_away(visit: Visit) -> None:
    menu = visit.client.menu
    assert menu.get() is None
    menu.create(MENU)
    kept = menu.get()["menu"]["button"]
    assert [each["name"] for each in kept] == ["签到", "更多"]
    assert [each["name"] for each in kept[1]["sub_button"]] == ["逛逛", "签到"]
    shown = menu.get_menu_info()
    assert shown["is_menu_open"] == 1
    fan = visit.fan()
    assert visit.do("menu", fan, button="1.0")["url"] == SHOP["url"]
    menu.update({"button": [SHOP]})
    assert len(menu.get()["menu"]["button"]) == 1
    menu.delete()
    assert menu.get() is None


def test_some_people_see_a_menu_of_their_own(visit: Visit) -> None:
    menu, fan, tag = visit.client.menu, visit.fan(), visit.client.tag.create("贵客")
    menu.create(MENU)
    visit.client.tag.tag_user(tag["id"], fan.openid)
    made = menu.add_conditional({"button": [SHOP], "matchrule": {"tag_id": str(tag["id"])}})
    assert [each["name"] for each in menu.try_match(fan.openid)["button"]] == ["逛逛"]
    (kept,) = menu.get()["conditionalmenu"]
    assert str(kept["menuid"]) == made["menuid"]
    menu.del_conditional(made["menuid"])
    assert [each["name"] for each in menu.try_match(fan.openid)["button"]] == ["签到", "更多"]


def test_a_menu_that_is_none_is_refused(visit: Visit) -> None:
    create = visit.client.menu.create
    assert numbers(
        lambda: create({"button": [SHOP] * 4}),
        lambda: create({"button": [{**SHOP, "type": "link"}]}),
        lambda: create({"button": [{**SHOP, "name": "很长很长的名字"}]}),
        lambda: create({"button": [{**SIGN, "key": ""}]}),
        lambda: create({"button": [{**SHOP, "url": "shop"}]}),
    ) == [40016, 40017, 40018, 40019, 40055]
