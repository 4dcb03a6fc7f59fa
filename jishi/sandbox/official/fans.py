"""Fans: who follows an account, through what they came, and whom a message would reach."""

from datetime import datetime

from msgspec import Struct

from jishi.kernel import Tx, queries

SCENES = {
    "ADD_SCENE_SEARCH", "ADD_SCENE_ACCOUNT_MIGRATION", "ADD_SCENE_PROFILE_CARD",
    "ADD_SCENE_QR_CODE", "ADD_SCENE_PROFILE_LINK", "ADD_SCENE_PROFILE_ITEM", "ADD_SCENE_PAID",
    "ADD_SCENE_WECHAT_ADVERTISEMENT", "ADD_SCENE_REPRINT", "ADD_SCENE_LIVESTREAM",
    "ADD_SCENE_CHANNELS", "ADD_SCENE_WXA", "ADD_SCENE_OTHERS",
}  # fmt: skip
"""Ways to an account, as `subscribe_scene` names them ("Getting user information")."""


class Fan(Struct, frozen=True):
    """A fan, as the account may know it: no name and no picture since 2021-12-27."""

    person_id: int
    openid: str
    unionid: str
    scene: str
    qr_scene: int
    qr_scene_str: str
    remark: str
    followed_at: datetime
    tag_ids: list[int]


class Reach(Struct, frozen=True):
    """Whom an openid names, and whether messages reach the person."""

    person_id: int
    is_following: bool
    is_blocked: bool
    has_muted: bool


class Whoever(Struct, frozen=True):
    """A person's name in an account."""

    person_id: int
    openid: str


sql = queries(__file__)
fans_by_openid = sql.many("fans_by_openid", Fan)
reach_by_openid = sql.one("reach_by_openid", Reach)
named = sql.many("named", Whoever)
follow = sql.one("follow", Whoever)
unfollow = sql.one("unfollow", Whoever)
note_follow = sql.run("note_follow")
mute = sql.run("mute")


async def reach(tx: Tx, appid: str, openid: str) -> Reach | None:
    """Find whom an account means."""
    return await reach_by_openid(tx, appid=appid, openid=openid)
