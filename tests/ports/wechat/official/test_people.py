"""People, their tags, and the codes they come by: requests and answers as documented."""

from datetime import UTC, datetime

from jishi.ports.wechat.official import people, scene_codes, tags
from jishi.ports.wechat.official.people import Follower, Openids
from jishi.ports.wechat.official.scene_codes import SceneCode
from jishi.ports.wechat.official.tags import Tag
from tests.ports.wechat.official.stage import HOSTS, Case, check, over_limit

FOLLOWER = {
    "subscribe": 1, "openid": "o1", "language": "zh_CN", "subscribe_time": 1_790_000_000,
    "unionid": "u1", "remark": "R", "groupid": 0, "tagid_list": [128, 2],
    "subscribe_scene": "ADD_SCENE_QR_CODE", "qr_scene": 98765, "qr_scene_str": "",
}  # fmt: skip
KNOWN = Follower(
    "o1", True, datetime.fromtimestamp(1_790_000_000, UTC), "zh_CN", "u1", "R", (128, 2),
    "ADD_SCENE_QR_CODE", 98765, "",
)  # fmt: skip
PAGE = {"total": 3, "count": 2, "data": {"openid": ["o1", "o2"]}, "next_openid": "o2"}
LISTED = people.Page(3, 2, Openids(("o1", "o2")), "o2")
NOBODY = {"total": 0, "count": 0, "next_openid": ""}
OK = {"errcode": 0, "errmsg": "ok"}


def test_people_are_asked_for_and_listed(database_url: str) -> None:
    check(
        database_url,
        Case(
            lambda account: people.one(account, "o1"),
            ("GET", "/cgi-bin/user/info", {"openid": "o1", "lang": "zh_CN"}, None),
            FOLLOWER,
            KNOWN,
        ),
        Case(
            lambda account: people.one(account, "o2", language="en"),
            ("GET", "/cgi-bin/user/info", {"openid": "o2", "lang": "en"}, None),
            {"subscribe": 0, "openid": "o2"},
            Follower("o2"),
        ),
        Case(
            lambda account: people.several(account, ["o1", "o2"]),
            (
                "POST", "/cgi-bin/user/info/batchget", {},
                {"user_list": [{"openid": o, "lang": "zh_CN"} for o in ("o1", "o2")]},
            ),
            {"user_info_list": [FOLLOWER, {"subscribe": 0, "openid": "o2"}]},
            (KNOWN, Follower("o2")),
        ),
        Case(people.page, ("GET", "/cgi-bin/user/get", {}, None), PAGE, LISTED),
        Case(
            lambda account: people.page(account, "o2"),
            ("GET", "/cgi-bin/user/get", {"next_openid": "o2"}, None),
            NOBODY,
            people.Page(),
        ),
        Case(
            lambda account: people.set_remark(account, "o1", "常客"),
            (
                "POST", "/cgi-bin/user/info/updateremark", {},
                {"openid": "o1", "remark": "常客"},
            ),
            OK,
        ),
    )  # fmt: skip


def test_people_are_put_on_the_black_list_and_off_it(database_url: str) -> None:
    check(
        database_url,
        Case(
            people.blocked,
            ("POST", "/cgi-bin/tags/members/getblacklist", {}, {"begin_openid": ""}),
            PAGE,
            LISTED,
        ),
        Case(
            lambda account: people.block(account, ["o1"]),
            ("POST", "/cgi-bin/tags/members/batchblacklist", {}, {"openid_list": ["o1"]}),
            OK,
        ),
        Case(
            lambda account: people.unblock(account, ["o1"]),
            ("POST", "/cgi-bin/tags/members/batchunblacklist", {}, {"openid_list": ["o1"]}),
            OK,
        ),
    )


def test_tags_are_made_changed_and_put_on_people(database_url: str) -> None:
    both = {"openid_list": ["o1", "o2"], "tagid": 134}
    check(
        database_url,
        Case(
            lambda account: tags.create(account, "广东"),
            ("POST", "/cgi-bin/tags/create", {}, {"tag": {"name": "广东"}}),
            {"tag": {"id": 134, "name": "广东"}},
            Tag(134, "广东"),
        ),
        Case(
            tags.every,
            ("GET", "/cgi-bin/tags/get", {}, None),
            {"tags": [{"id": 134, "name": "广东", "count": 10}]},
            (Tag(134, "广东", 10),),
        ),
        Case(
            lambda account: tags.rename(account, 134, "广州"),
            ("POST", "/cgi-bin/tags/update", {}, {"tag": {"id": 134, "name": "广州"}}),
            OK,
        ),
        Case(
            lambda account: tags.delete(account, 134),
            ("POST", "/cgi-bin/tags/delete", {}, {"tag": {"id": 134}}),
            OK,
        ),
        Case(
            lambda account: tags.tag(account, 134, ["o1", "o2"]),
            ("POST", "/cgi-bin/tags/members/batchtagging", {}, both),
            OK,
        ),
        Case(
            lambda account: tags.untag(account, 134, ["o1", "o2"]),
            ("POST", "/cgi-bin/tags/members/batchuntagging", {}, both),
            OK,
        ),
        Case(
            lambda account: tags.people_with(account, 134),
            ("POST", "/cgi-bin/user/tag/get", {}, {"tagid": 134, "next_openid": ""}),
            {"count": 2, "data": {"openid": ["o1", "o2"]}, "next_openid": "o2"},
            people.Page(0, 2, Openids(("o1", "o2")), "o2"),
        ),
        Case(
            lambda account: tags.tags_of(account, "o1"),
            ("POST", "/cgi-bin/tags/getidlist", {}, {"openid": "o1"}),
            {"tagid_list": [134, 2]},
            (134, 2),
        ),
    )


def test_scene_codes_of_all_kinds_are_made(database_url: str) -> None:
    given = {"ticket": "gQH47==", "expire_seconds": 60, "url": "http://weixin.qq.com/q/k"}
    code = SceneCode("gQH47==", "http://weixin.qq.com/q/k", 60)
    for_ever = {"ticket": "t", "url": "u"}
    path = "/cgi-bin/qrcode/create"

    def body(name: str, scene: dict[str, object], **more: int) -> dict[str, object]:
        return {"action_name": name, "action_info": {"scene": scene}, **more}

    check(
        database_url,
        Case(
            lambda account: scene_codes.create_temporary(account, 123, life_seconds=604_800),
            ("POST", path, {}, body("QR_SCENE", {"scene_id": 123}, expire_seconds=604_800)),
            given,
            code,
        ),
        Case(
            lambda account: scene_codes.create_temporary(account, "order 7", life_seconds=60),
            ("POST", path, {}, body("QR_STR_SCENE", {"scene_str": "order 7"}, expire_seconds=60)),
            given,
            code,
        ),
        Case(
            lambda account: scene_codes.create_permanent(account, 100_000),
            ("POST", path, {}, body("QR_LIMIT_SCENE", {"scene_id": 100_000})),
            for_ever,
            SceneCode("t", "u"),
        ),
        Case(
            lambda account: scene_codes.create_permanent(account, "春"),
            ("POST", path, {}, body("QR_LIMIT_STR_SCENE", {"scene_str": "春"})),
            for_ever,
            SceneCode("t", "u"),
        ),
    )
    assert scene_codes.image_url(HOSTS, "gQ/+==") == (
        "https://pages.example/cgi-bin/showqrcode?ticket=gQ%2F%2B%3D%3D"
    )


def test_what_wechat_would_refuse_for_its_size_is_not_sent(database_url: str) -> None:
    over_limit(
        database_url,
        lambda account: people.several(account, ["o"] * 101),
        lambda account: people.several(account, []),
        lambda account: people.set_remark(account, "o1", "x" * 30),
        lambda account: people.block(account, ["o"] * 21),
        lambda account: people.unblock(account, []),
        lambda account: tags.create(account, "字" * 11),
        lambda account: tags.rename(account, 134, ""),
        lambda account: tags.tag(account, 134, ["o"] * 51),
        lambda account: tags.untag(account, 134, []),
        lambda account: scene_codes.create_temporary(account, 1, life_seconds=2_592_001),
        lambda account: scene_codes.create_temporary(account, 1, life_seconds=0),
        lambda account: scene_codes.create_temporary(account, 2**32, life_seconds=60),
        lambda account: scene_codes.create_temporary(account, 0, life_seconds=60),
        lambda account: scene_codes.create_temporary(account, "x" * 65, life_seconds=60),
        lambda account: scene_codes.create_permanent(account, 100_001),
        lambda account: scene_codes.create_permanent(account, ""),
    )
