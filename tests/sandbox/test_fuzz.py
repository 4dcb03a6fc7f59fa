"""Whatever comes to the sandbox's doors, it answers or refuses; it does not fall, grow or wait."""

import asyncio
import random
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Coroutine

import httpx
import pytest

from jishi.sandbox.doors import CONTROL, OFFICIAL, PAY, Operation
from tests.conftest import IS_SOAK
from tests.sandbox.mutants import Mutants
from tests.sandbox.pay.shop import Receiver, prepaid
from tests.sandbox.scene import Scene, a_sandbox, signed

INPUTS = 40_000 if IS_SOAK else 400
"""A door."""

SECONDS_MAX = 20
MEMORY_MAX = 256 * 1024 * 1024
UNSAFE = {"/sandbox/clock", "/sandbox/faults"}
"""The hand on the clock and on the faults: what they do is meant, and would hide the rest."""


Knock = Callable[[Scene, Operation, Mutants, list[str]], Coroutine[None, None, httpx.Response]]


async def at_pay(
    scene: Scene, operation: Operation, mutants: Mutants, _: list[str]
) -> httpx.Response:
    """Ask at Pay's door, mostly well signed."""
    path, body = mutants.path(operation.path), mutants.body(operation.body_type())
    asked = scene.http.build_request(operation.method, path, params=mutants.query())
    if mutants.luck.random() < 0.9:
        target = str(asked.url.raw_path, "ascii")
        return await signed(scene.http, scene.merchant, operation.method, target, raw=body)
    return await scene.http.request(operation.method, asked.url, content=body)


async def at_official(
    scene: Scene, operation: Operation, mutants: Mutants, tokens: list[str]
) -> httpx.Response:
    """Ask at the account's door, mostly with a token."""
    path, body, query = (
        mutants.path(operation.path),
        mutants.body(operation.body_type()),
        mutants.query(),
    )
    if mutants.luck.random() < 0.9:
        query["access_token"] = mutants.luck.choice(tokens)
    return await scene.http.request(operation.method, path, params=query, content=body)


async def at_control(
    scene: Scene, operation: Operation, mutants: Mutants, _: list[str]
) -> httpx.Response:
    """Ask at the control door."""
    path, body = mutants.path(operation.path), mutants.body(operation.body_type())
    return await scene.http.request(operation.method, path, params=mutants.query(), content=body)


async def tokens_of(scene: Scene) -> list[str]:
    """Take a token of each account."""
    taken = []
    for account in (scene.account, scene.mini):
        asked = {
            "grant_type": "client_credential", "appid": account.appid, "secret": account.secret,
        }  # fmt: skip
        answer = await scene.http.post("/cgi-bin/stable_token", json=asked)
        taken.append(answer.json()["access_token"])
    return taken


async def words_of(scene: Scene) -> list[str]:
    """Give values that exist here, so that some requests come far."""
    order = await prepaid(scene)
    people = [str(each.person_id) for each in scene.people]
    return [
        scene.account.appid, scene.mini.appid, scene.merchant.mchid, scene.merchants[-1].mchid,
        *people, *order,
    ]  # fmt: skip


async def hammer(url: str, knock: Knock, operations: list[Operation], seed: int) -> Counter[int]:
    """Ask so many things; give how often each status was the answer."""
    luck, answered = random.Random(seed), Counter[int]()
    async with a_sandbox(url, receiver=Receiver()) as scene:
        tokens, mutants = await tokens_of(scene), Mutants(luck, await words_of(scene))
        for number in range(INPUTS):
            operation = luck.choice(operations)
            began = time.monotonic()
            answer = await knock(scene, operation, mutants, tokens)
            where = (seed, number, operation.method, operation.path)
            assert answer.status_code < 500, (*where, answer.text)
            assert time.monotonic() - began < SECONDS_MAX, where
            answered[answer.status_code] += 1
    return answered


@pytest.mark.parametrize(
    ("knock", "operations"),
    [(at_pay, PAY), (at_official, OFFICIAL), (at_control, CONTROL)],
    ids=["pay", "official", "control"],
)
def test_no_request_breaks_a_door(
    fresh_database: tuple[str, str], knock: Knock, operations: list[Operation]
) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    meant = [each for each in operations if each.path not in UNSAFE]
    tracemalloc.start()
    try:
        answered = asyncio.run(hammer(fresh_database[0], knock, meant, seed))
        assert tracemalloc.get_traced_memory()[0] < MEMORY_MAX, seed
    finally:
        tracemalloc.stop()
    # About eight of four hundred come through on the stricter door: none at all is a closed one.
    assert answered[200] + answered[204] > 0, (seed, answered)
