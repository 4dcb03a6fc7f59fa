"""Whatever is sent to whichever operation: an answer in WeChat's form, never a breakdown."""

import json
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import fields

from jishi.sandbox.doors import OFFICIAL, Operation
from tests.sandbox.official.conftest import Perform
from tests.sandbox.official.stage import Stage

TEXTS = st.one_of(
    st.sampled_from(["", "1", "x", "\x00", "汉字", "2026-11-22", "https://a.test/", "{{a.DATA}}"]),
    st.text(max_size=40),
)
NUMBERS = st.one_of(st.sampled_from([-1, 0, 1, 2, 20, 2**31, 2**63, 2**70]), st.integers())
SCALARS = st.one_of(TEXTS, NUMBERS, st.booleans(), st.none(), st.floats(allow_nan=False))


def like(hint: Any, depth: int = 3) -> st.SearchStrategy[Any]:
    """Give values that mostly fit a type, and sometimes do not."""
    if not depth:
        return SCALARS
    kinds = get_args(hint) if get_origin(hint) is UnionType else (hint,)
    fitting = [_fitting(kind, depth) for kind in kinds]
    return st.one_of(*fitting, *fitting, *fitting, SCALARS)


def _fitting(kind: Any, depth: int) -> st.SearchStrategy[Any]:
    if kind is NoneType:
        return st.none()
    if isinstance(kind, type) and issubclass(kind, Struct):
        hints = get_type_hints(kind)
        parts = {each.encode_name: like(hints[each.name], depth - 1) for each in fields(kind)}
        return st.fixed_dictionaries({}, optional=parts)
    if get_origin(kind) is list:
        return st.lists(like(get_args(kind)[0], depth - 1), max_size=3)
    if get_origin(kind) is dict:
        return st.dictionaries(TEXTS, like(get_args(kind)[1], depth - 1), max_size=3)
    return {str: TEXTS, int: NUMBERS, bool: st.booleans()}.get(kind, SCALARS)


@st.composite
def requests(draw: st.DrawFn) -> tuple[Operation, Any, dict[str, str]]:
    """Give an operation, a body for it, and a query."""
    operation = draw(st.sampled_from(OFFICIAL))
    kind = operation.body_type()
    body = draw(like(kind)) if kind else None
    names = st.sampled_from(["openid", "type", "media_id", "appid", "code", "ids", "start", "tid"])
    return operation, body, draw(st.dictionaries(names, TEXTS, max_size=3))


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(request=requests(), kind=st.sampled_from(["service", "mini"]))
def test_every_body_is_answered(
    perform: Perform, request: tuple[Operation, Any, dict[str, str]], kind: str
) -> None:
    async def play(stage: Stage) -> None:
        operation, body, query = request
        known = {each.kind: each for each in (stage.scene.account, stage.scene.mini)}[kind]
        asked = {
            "grant_type": "client_credential", "appid": known.appid, "secret": known.secret,
        }  # fmt: skip
        token = (await stage.http.post("/cgi-bin/stable_token", json=asked)).json()["access_token"]
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        answer = await stage.http.request(
            operation.method, operation.path, params={**query, "access_token": token},
            content=content,
        )  # fmt: skip
        assert answer.status_code == 200, (operation.path, body, query, answer.text)

    perform(play)
