"""Scenes: what each wants reported of a transfer, and what its receiver may be told that it is.

Source: WeChat Pay v3, "Merchant transfer": the table of scenes, their reports and perceptions.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from jishi.sandbox.answers import Asked, Refusal, bad_parameter

CONTENT_MAX = 32
REPORTS = "/transfer_scene_report_infos"
NOT_SHOWN = Refusal(400, "INVALID_REQUEST", "暂不支持展示当前传入的用户收款感知")


class Report(Asked, frozen=True):
    """What the scene wants to know of a transfer."""

    info_type: str
    info_content: str


class Style(Asked, frozen=True):
    """How the receiver sees it."""

    type: Literal["CONFIRM_PAGE", "RED_PACKET"]


class Scene(Struct, frozen=True):
    """What has to be reported, all of it; and what the receiver may be told."""

    reported: tuple[str, ...]
    perceptions: tuple[str, ...]


SCENES: Mapping[str, Scene] = {
    "1000": Scene(("活动名称", "奖励说明"), ("活动奖励", "现金奖励")),
    "1002": Scene(("补贴类型",), ("行政补贴", "行政奖励")),
    "1004": Scene(("保险产品备案编号", "保险名称", "保险操作单号"), ("保险理赔款",)),
    "1005": Scene(("岗位类型", "报酬说明"), ("劳务报酬", "报销款", "企业补贴", "开工利是")),
    "1009": Scene(("采购商品名称",), ("货款",)),
    "1010": Scene(("回收商品名称",), ("二手回收货款",)),
    "1011": Scene(("赔付原因",), ("退款", "商家赔付")),
    "1013": Scene(("公益活动名称", "公益活动备案编号"), ("公益补助金",)),
}


def fault_of_scene(
    scene_id: str, reports: Sequence[Report], perception: str | None
) -> Refusal | None:
    """Find what is wrong with a scene and what was told for it."""
    scene = SCENES.get(scene_id)
    if scene is None:
        return bad_parameter("/transfer_scene_id", "转账场景ID不合法", value=scene_id)
    if sorted(each.info_type for each in reports) != sorted(scene.reported):
        return Refusal(
            400,
            "PARAM_ERROR",
            "未传入完整且对应的转账场景报备信息，请根据接口文档检查",
            field=REPORTS,
        )
    if not all(1 <= len(each.info_content) <= CONTENT_MAX for each in reports):
        return bad_parameter(f"{REPORTS}/info_content", f"长度为1-{CONTENT_MAX}")
    return NOT_SHOWN if perception and perception not in scene.perceptions else None
