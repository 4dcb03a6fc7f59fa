"""The description of the API: it names every route, and what each answers."""

from litestar.routes import HTTPRoute

from jishi import access
from tests.web.api.conftest import Program


def test_the_description_names_every_route_and_what_it_needs(program: Program) -> None:
    answer = program.client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    told = answer.json()
    assert told["openapi"].startswith("3.1")
    described = {(method, path) for path, item in told["paths"].items() for method in item}
    served = {
        (method.lower(), route.path_format)
        for route in program.client.app.routes
        if route.path.startswith("/api/v1") and not route.path.endswith("openapi.json")
        for method in route.methods - {"OPTIONS", "HEAD"}
    }
    assert described == served
    price = told["paths"]["/api/v1/skus/{code}/price"]["post"]
    assert price["requestBody"]["required"]
    assert told["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


def test_every_scope_opens_something(program: Program) -> None:
    needed = {
        handler.opt.get("scope")
        for route in program.client.app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
    }
    assert needed - {None} == set(access.SCOPES)
