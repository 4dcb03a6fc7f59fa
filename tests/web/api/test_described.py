"""The API does what its description says: a program we did not write asks all that it allows.

And what it does not allow. Half of the addresses name what is there.
"""

import random
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from tests.conftest import IS_SOAK
from tests.web.api.conftest import Program

EXAMPLES = 200 if IS_SOAK else 6
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance, negative_data_rejection,
]  # fmt: skip
TRANSPORTED = {"json": "json", "data": "content", "params": "params"}


def known(program: Program) -> dict[str, str]:
    """Give names of what is there, by the parameter that takes them."""
    product = program.get("/products").json()["items"][0]
    return {"code": "T1", "product": product["product"]}


def ask(program: Program, case: Any, there: dict[str, str]) -> None:
    """Ask what was made up, and hold the answer against the description."""
    for name in there.keys() & case.path_parameters.keys() if there else ():
        case.path_parameters[name] = there[name]
    made = case.as_transport_kwargs(base_url="http://market.example")
    given = {TRANSPORTED[name]: made[name] for name in TRANSPORTED.keys() & made.keys()}
    headers = {
        name: value for name, value in made["headers"].items()
        if name.lower() != "authorization" and value.isascii()
    }  # fmt: skip
    headers["authorization"] = f"Bearer {program.token}"
    answer = program.client.request(made["method"], made["url"], headers=headers, **given)
    case.validate_response(answer, checks=CHECKS)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_whatever_is_asked_is_answered_as_described(program: Program, mode: GenerationMode) -> None:
    told = program.client.get("/api/v1/openapi.json").json()
    # Whoever calls has a key here; who has none is tried elsewhere.
    del told["components"]["securitySchemes"]
    for route in (route for path in told["paths"].values() for route in path.values()):
        route.pop("security", None)
    schema = schemathesis.openapi.from_dict(told)
    seed, there, tried = random.randrange(2**32), known(program), list[str]()
    for result in schema.get_all_operations():
        assert isinstance(result, Ok), result
        operation = result.ok()

        @seeded(seed)
        @given(case=operation.as_strategy(mode), is_there=st.booleans())
        @settings(
            max_examples=EXAMPLES, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def run(case: Any, is_there: bool) -> None:
            tried.append(case.operation.label)
            ask(program, case, there if is_there else {})

        print(f"seed {seed}, {operation.label}")
        # What takes nothing can be given nothing wrong.
        with suppress(Unsatisfiable):
            run()
    least = 20 if mode is GenerationMode.POSITIVE else 12
    assert len(set(tried)) >= least, "every route was tried that takes something"
