"""wechatpy asks about followers, tags them, and makes codes that bring them."""

from urllib.parse import urlsplit

from tests.ports.conformance.official.visit import Visit, numbers


def test_followers_are_listed_told_of_and_remarked(visit: Visit) -> None:
    assert list(visit.client.user.iter_followers()) == []
    one, two = visit.fan(), visit.fan()
    page = visit.client.user.get_followers()
    assert (page["total"], page["count"]) == (2, 2)
    assert set(visit.client.user.iter_followers()) == {one.openid, two.openid}
    assert visit.client.user.get_followers(page["next_openid"])["count"] == 0
    visit.client.user.update_remark(one.openid, "常客")
    told = visit.client.user.get(one.openid)
    assert (told["subscribe"], told["remark"], told["unionid"]) == (1, "常客", one.unionid)
    assert told["subscribe_scene"] == "ADD_SCENE_SEARCH"
    assert told.get("nickname", "") == ""
    visit.do("unfollow", two)
    told = visit.client.user.get_batch([two.openid, one.openid])
    assert [each["subscribe"] for each in told] == [0, 1]


def test_nobody_is_known_by_a_strange_name(visit: Visit) -> None:
    assert numbers(
        lambda: visit.client.user.get("nobody"),
        lambda: visit.client.user.update_remark("nobody", "x"),
    ) == [40003, 40003]


def test_tags_are_made_given_taken_and_deleted(visit: Visit) -> None:
    fan, tags = visit.fan(), visit.client.tag
    made = tags.create("爱茶")
    tags.update(made["id"], "茶友")
    tags.tag_user(made["id"], [fan.openid])
    assert tags.get_user_tag(fan.openid) == [made["id"]]
    assert list(tags.iter_tag_users(made["id"])) == [fan.openid]
    (kept,) = (each for each in tags.get() if each["id"] == made["id"])
    assert (kept["name"], kept["count"]) == ("茶友", 1)
    assert numbers(
        lambda: tags.create("茶友"), lambda: tags.create("长" * 31), lambda: tags.delete(2),
        lambda: tags.tag_user(99_999, fan.openid),
    ) == [45157, 45158, 45058, 45159]  # fmt: skip
    tags.untag_user(made["id"], fan.openid)
    assert tags.get_tag_users(made["id"])["count"] == 0
    tags.delete(made["id"])
    assert made["id"] not in {each["id"] for each in tags.get()}


def test_somebody_is_put_on_the_black_list_and_taken_off(visit: Visit) -> None:
    fan, tags = visit.fan(), visit.client.tag
    tags.batch_black_list([fan.openid])
    assert tags.get_black_list()["data"]["openid"] == [fan.openid]
    tags.batch_unblack_list([fan.openid])
    assert tags.get_black_list()["total"] == 0


def test_a_code_brings_a_follower_and_its_scene(visit: Visit) -> None:
    code = visit.client.qrcode.create({
        "expire_seconds": 1_800, "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": "poster 7"}},
    })  # fmt: skip
    assert code["expire_seconds"] == 1_800
    person = visit.somebody()
    scanned = visit.hands.deed("scan", person_id=person.person_id, text=code["url"])
    assert (scanned["kind"], scanned["appid"]) == ("account", visit.appid)
    told = visit.client.user.get(person.openid)
    assert (told["subscribe_scene"], told["qr_scene_str"]) == ("ADD_SCENE_QR_CODE", "poster 7")
    lasting = {"action_name": "QR_LIMIT_SCENE", "action_info": {"scene": {"scene_id": 9}}}
    first = visit.client.qrcode.create(lasting)
    assert visit.client.qrcode.create(lasting)["ticket"] == first["ticket"]
    assert "expire_seconds" not in first


def test_a_code_that_is_none_is_refused(visit: Visit) -> None:
    scene = {"scene": {"scene_id": 0}}
    assert numbers(
        lambda: visit.client.qrcode.create({"action_name": "QR", "action_info": scene}),
        lambda: visit.client.qrcode.create({"action_name": "QR_SCENE", "action_info": scene}),
    ) == [40052, 40053]


def test_the_client_writes_the_address_of_a_codes_picture_with_wechats_own_host(
    visit: Visit,
) -> None:
    code = visit.client.qrcode.create(
        {"action_name": "QR_SCENE", "action_info": {"scene": {"scene_id": 7}}}
    )
    url = urlsplit(visit.client.qrcode.get_url(code))
    assert url.netloc == "mp.weixin.qq.com"
    picture = visit.hands.http.get(f"{url.path}?{url.query}")
    assert picture.content.startswith(b"\x89PNG")
