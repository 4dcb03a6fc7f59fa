"""The sandbox's core: doors, clock, faults, inspector, cast."""

import asyncio

from tests.sandbox.scene import a_sandbox


def test_the_control_door_tells_the_time_and_the_credentials(
    fresh_database: tuple[str, str],
) -> None:
    async def main() -> None:
        async with a_sandbox(fresh_database[0]) as scene:
            before = await scene.control("GET", "/sandbox/clock")
            await scene.advance(3600)
            after = await scene.control("GET", "/sandbox/clock")
            assert after["ahead_seconds"] - before["ahead_seconds"] in {3600, 3599, 3601}
            shown = await scene.control("GET", "/sandbox/credentials")
            assert [each["mchid"] for each in shown["merchants"]] == [
                m.mchid for m in scene.merchants
            ]
            assert len(shown["people"]) == 3
            kept = await scene.control("GET", "/sandbox/exchanges")
            assert kept["exchanges"][0]["operation"] == "/sandbox/credentials"

    asyncio.run(main())
