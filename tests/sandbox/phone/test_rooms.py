"""Rooms, Moments and photos: what people show each other."""

from typing import Any

import pytest

from tests.sandbox.phone.conftest import Theatre
from tests.sandbox.scene import Scene

PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


async def newcomers(scene: Scene, *names: str) -> list[int]:
    """Make people whom no other test knows."""
    told = [await scene.control("POST", "/sandbox/people", {"name": name}) for name in names]
    return [each["person_id"] for each in told]


async def refusal(scene: Scene, path: str, body: object) -> tuple[int, str]:
    """Ask for what is refused; give the status and which field is to blame."""
    answer = await scene.http.post(path, json=body)
    return answer.status_code, answer.json().get("detail", {}).get("field", "")


def test_two_people_have_one_room_however_often_they_meet(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        one, other = await newcomers(scene, "甲", "乙")
        first = await scene.control("POST", "/sandbox/rooms", {"person_ids": [one, other]})
        again = await scene.control("POST", "/sandbox/rooms", {"person_ids": [other, one]})
        assert first == again == {"room_id": first["room_id"], "name": ""}

    theatre.play(act)


def test_what_is_said_in_a_group_is_heard_by_all_and_by_nobody_else(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        one, other, stranger = await newcomers(scene, "甲", "乙", "丙")
        body = {"person_ids": [one, other], "name": "茶友"}
        room = await scene.control("POST", "/sandbox/rooms", body)
        path = f"/sandbox/rooms/{room['room_id']}/messages"
        said = {"kind": "text", "content": {"text": "喝茶"}}
        await scene.control("POST", path, {"person_id": one, **said})
        heard = await scene.control("GET", path)
        assert [(each["person_id"], each["content"]) for each in heard["messages"]] == [
            (one, {"text": "喝茶"})
        ]
        assert await refusal(scene, path, {"person_id": stranger, **said}) == (404, "")
        assert len((await scene.control("GET", path))["messages"]) == 1

    theatre.play(act)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"person_ids": []}, "/person_ids"),
        ({"person_ids": [1]}, "/person_ids"),
        ({"person_ids": [1, 999_999]}, "/person_ids"),
        ({"person_ids": [1, 2, 3]}, "/name"),
        ({"person_ids": [1, 2], "name": "名" * 31}, "/name"),
    ],
)
def test_a_room_has_people_and_a_group_has_a_name(
    theatre: Theatre, body: object, field: str
) -> None:
    async def act(scene: Scene) -> None:
        assert await refusal(scene, "/sandbox/rooms", body) == (400, field)

    theatre.play(act)


@pytest.mark.parametrize(
    ("kind", "content", "field"),
    [
        ("song", {}, "/kind"),
        ("text", {}, "/content/text"),
        ("text", {"text": "x" * 2_001}, "/content"),
        ("card", {"url": "javascript:alert(1)"}, "/content/url"),
        ("card", {"url": "http://a" + "x" * 4_000}, "/content/url"),
        ("photo", {}, "/content/photo_id"),
    ],
)
def test_only_what_can_be_shown_is_said(
    theatre: Theatre, kind: str, content: dict[str, Any], field: str
) -> None:
    async def act(scene: Scene) -> None:
        one, other = await newcomers(scene, "甲", "乙")
        room = await scene.control("POST", "/sandbox/rooms", {"person_ids": [one, other]})
        body = {"person_id": one, "kind": kind, "content": content}
        path = f"/sandbox/rooms/{room['room_id']}/messages"
        assert await refusal(scene, path, body) == (400, field)
        assert await refusal(scene, "/sandbox/moments", body) == (400, field)
        assert (await scene.control("GET", path))["messages"] == []

    theatre.play(act)


def test_a_moment_is_seen_by_everybody_and_liked_once_by_each(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        one, other = await newcomers(scene, "甲", "乙")
        content = {"text": "好茶", "url": "http://127.0.0.1:8000/tea", "title": "茶"}
        body = {"person_id": one, "kind": "card", "content": content}
        posted = await scene.control("POST", "/sandbox/moments", body)
        path = f"/sandbox/moments/{posted['moment_id']}/likes"
        for person in (one, other, one):
            await scene.control("POST", path, {"person_id": person})
        seen = (await scene.control("GET", "/sandbox/moments"))["moments"][0]
        assert (seen["name"], seen["content"], seen["likers"]) == ("甲", content, ["乙"])

    theatre.play(act)


def test_a_place_is_no_moment(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        body = {"person_id": 1, "kind": "place", "content": {"place": "30,120"}}
        assert await refusal(scene, "/sandbox/moments", body) == (400, "/kind")

    theatre.play(act)


def test_a_photo_is_kept_once_and_can_do_nothing(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        headers = {"content-type": "image/png"}
        kept = [
            (await scene.http.post("/sandbox/photos", content=PIXEL, headers=headers)).json()
            for _ in range(2)
        ]
        assert kept[0] == kept[1]
        shown = await scene.http.get(f"/phone/photos/{kept[0]['photo_id']}")
        assert (shown.content, shown.headers["content-type"]) == (PIXEL, "image/png")
        assert "sandbox" in shown.headers["content-security-policy"]
        assert (await scene.http.get(f"/phone/photos/{'0' * 64}")).status_code == 404
        assert (await scene.http.get("/phone/photos/nothing")).status_code == 404

    theatre.play(act)


@pytest.mark.parametrize(("kind", "body"), [("text/html", PIXEL), ("image/png", b"")])
def test_what_is_no_picture_is_not_kept(theatre: Theatre, kind: str, body: bytes) -> None:
    async def act(scene: Scene) -> None:
        headers = {"content-type": kind}
        answer = await scene.http.post("/sandbox/photos", content=body, headers=headers)
        assert answer.status_code == 400

    theatre.play(act)


def test_another_sites_page_posts_nothing(theatre: Theatre) -> None:
    async def act(scene: Scene) -> None:
        body = {"person_id": 1, "kind": "text", "content": {"text": "x"}}
        for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "same-site"}):
            answer = await scene.http.post("/sandbox/moments", json=body, headers=headers)
            assert answer.status_code == 403

    theatre.play(act)
