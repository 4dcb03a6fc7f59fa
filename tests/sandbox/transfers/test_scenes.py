"""Scenes of transfers: what has to be reported, what may be shown; and many callers at once."""

import asyncio
from typing import Any

import pytest

from jishi.ports.wechat.sealing import hide
from jishi.sandbox.transfers.scenes import SCENES
from tests.sandbox.judged import judged, said
from tests.sandbox.pay.shop import Stage, play
from tests.sandbox.scene import Scene
from tests.sandbox.sharing.fresh import as_new_merchants
from tests.sandbox.transfers.test_transfers import PATH, transfer

INCOMPLETE = (400, "PARAM_ERROR", "未传入完整且对应的转账场景报备信息，请根据接口文档检查")


def reports(*types: str, content: str = "说明") -> list[dict[str, str]]:
    """Give reports of these types."""
    return [{"info_type": each, "info_content": content} for each in types]


def test_every_scene_wants_all_of_its_own_reports(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        for scene_id, known in SCENES.items():
            good: dict[str, Any] = {
                "transfer_scene_id": scene_id,
                "transfer_scene_report_infos": reports(*reversed(known.reported)),
                "user_recv_perception": known.perceptions[-1],
            }
            await judged(scene, "POST", PATH, transfer(scene, **good))
            for types in (known.reported[1:], (*known.reported, "别的"), known.reported[:1] * 2):
                wrong = good | {"transfer_scene_report_infos": reports(*types)}
                answer = said(await scene.signed("POST", PATH, transfer(scene, **wrong)))
                assert answer == INCOMPLETE, scene_id

    play(pay_stage, scene)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {"user_recv_perception": "货款"},
            (400, "INVALID_REQUEST", "暂不支持展示当前传入的用户收款感知"),
        ),
        ({"user_recv_style": {"type": "CONFETTI"}}, (400, "PARAM_ERROR", None)),
        (
            {"transfer_scene_report_infos": reports("岗位类型", "报酬说明", content="")},
            (400, "PARAM_ERROR", None),
        ),
        (
            {"transfer_scene_report_infos": reports("岗位类型", "报酬说明", content="长" * 33)},
            (400, "PARAM_ERROR", None),
        ),
    ],
)
def test_what_a_scene_does_not_allow_is_refused(
    pay_stage: Stage, changed: dict[str, Any], words: tuple[int, str, str | None]
) -> None:
    async def scene(scene: Scene) -> None:
        body = transfer(scene, **changed)
        answer = said(await scene.signed("POST", PATH, body))
        assert answer[:2] == words[:2]
        assert words[2] in {None, answer[2]}
        nowhere = await scene.signed("GET", f"{PATH}/out-bill-no/{body['out_bill_no']}")
        assert said(nowhere)[:2] == (404, "NOT_FOUND")

    play(pay_stage, scene)


def test_a_transfer_that_is_asked_for_many_times_at_once_is_one(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        body = transfer(scene)
        answers = await asyncio.gather(*[scene.signed("POST", PATH, body) for _ in range(8)])
        assert [each.status_code for each in answers] == [200] * 8
        assert len({each.json()["transfer_bill_no"] for each in answers}) == 1

    play(pay_stage, scene)


def test_transfers_that_come_at_once_do_not_overdraw_the_account(pay_stage: Stage) -> None:
    async def scene(scene: Scene) -> None:
        new = await as_new_merchants(scene)
        key = new.world.keys.newest("public_key")
        name = hide(key.private_key.public_key(), new.people[0].name)
        bodies = [transfer(new, transfer_amount=20_000_000, user_name=name) for _ in range(8)]
        answers = await asyncio.gather(
            *[new.signed("POST", PATH, each, serial=key.serial) for each in bodies]
        )
        assert sorted(each.status_code for each in answers) == [200] * 5 + [403] * 3

    play(pay_stage, scene)
