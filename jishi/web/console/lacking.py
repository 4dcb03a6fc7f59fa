"""The page for whoever lacks a permission: it names the roles that have it."""

from litestar import Response

from jishi.staff import rules
from jishi.web.asked import Asked, house, language_of
from jishi.web.console.frame import show_console
from jishi.web.console.roles import role_said
from jishi.web.member import staff_of


def show_lacking(asked: Asked, permission: str) -> Response[bytes]:
    """Say which roles may come here."""
    words = house(asked).engine.words[language_of(asked)]
    roles = rules.roles_with(staff_of(asked).works_in, permission)
    page = {"roles": [role_said(role, words) for role in roles]}
    return show_console(asked, "console/lacking.html", page, status=403)
