"""Text messages and mail come to an inbox that can be read, each number once."""

import asyncio

from tests.sandbox.scene import Scene, a_sandbox

GIVEN = {"to": "+8613900000001", "subject": "", "words": "123456"}


def test_a_message_is_kept_once_and_found_by_whose_it_is(stage: str) -> None:
    async def scene() -> None:
        async with a_sandbox(stage) as here:
            for number, given in (("p1", GIVEN), ("p1", GIVEN), ("p2", {**GIVEN, "to": "a@b.c"})):
                assert await handed(here, "sms", number, given) == 204
            found = await here.control("GET", "/sandbox/messages?to=a@b.c")
            assert [(each["recipient"], each["words"]) for each in found["messages"]] == [
                ("a@b.c", "123456")
            ]
            everything = await here.control("GET", "/sandbox/messages")
            assert [each["recipient"] for each in everything["messages"]][:2] == [
                "a@b.c", "+8613900000001"
            ]  # fmt: skip
            page = await here.http.get(
                "http://phone.webview.localhost:8001/phone/panel/post",
                headers={"accept-language": "zh-CN"},
            )
            assert "+8613900000001" in page.text

    asyncio.run(scene())


def test_what_is_no_message_is_refused(stage: str) -> None:
    async def scene() -> None:
        async with a_sandbox(stage) as here:
            assert await handed(here, "pigeon", "p3", GIVEN) == 400
            assert await handed(here, "sms", "", GIVEN) == 400
            assert await handed(here, "mail", "p4", {**GIVEN, "words": "x" * 4_001}) == 400
            assert await handed(here, "mail", "p4", {**GIVEN, "to": ""}) == 400

    asyncio.run(scene())


async def handed(here: Scene, kind: str, number: str, given: dict[str, str]) -> int:
    """Hand a message over; give the status."""
    headers = {"webhook-id": number} if number else {}
    answer = await here.http.post(f"/sandbox/messages/{kind}", json=given, headers=headers)
    return answer.status_code
