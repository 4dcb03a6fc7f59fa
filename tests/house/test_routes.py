"""Every route says who may come."""

from jishi import web
from jishi.kernel import Market
from tests.house.checks import routes
from tests.house.checks.tree import hold


def test_every_route_has_a_policy() -> None:
    app = web.create(Market("postgresql://nowhere/never-opened"))
    assert len(app.routes) > 5
    hold(routes.unguarded(app))
