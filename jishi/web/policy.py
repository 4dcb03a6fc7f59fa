"""Who may come: every route says it, and nothing that changes is done for a forged request.

`public`: anybody. `visitor`: anybody, who sees only his own. `platform`: WeChat, known by its
signature, which the handler itself checks over what was sent. `api`: a program with a key for the
route's scope. `staff`: whoever is signed in and has the route's permission. `operations`: whoever
sits at the machine, or, with JISHI_OPERATIONS=open, whoever the network lets through.
"""

import os
from collections.abc import Iterator

from litestar import Litestar, Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from jishi.staff.rules import PERMISSIONS
from jishi.web.asked import Asked, house, text
from jishi.web.caller import admit_caller
from jishi.web.member import IN_A_SHOP, admit_member
from jishi.web.person import admit_shopper
from jishi.web.visitor import FORM, is_genuine

POLICIES = ("public", "visitor", "operations", "platform", "api", "staff")
SAFE = ("GET", "HEAD", "OPTIONS")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PUBLIC, VISITOR, OPERATIONS, PLATFORM = ({"policy": policy} for policy in POLICIES[:4])
VISITOR_FILES = {**VISITOR, "form": "files"}
"""For a form with files: it is sent as multipart."""
OPEN_FORM = {"policy": "visitor", "form": "open"}
"""For a form on a page that is the same for everybody, and so has no token: by its origin alone."""
BEACON = {"policy": "public", "form": "beacon"}
"""For what a page tells by itself when it is left: it changes nothing of anybody's."""


def staff(permission: str = "", *, is_in_a_shop: bool | None = None) -> dict[str, object]:
    """Give the policy of a page for staff: whoever is signed in, or has this permission.

    An operator comes with a shop that he chose, where the permission is one of a shop's; a page
    over all shops says `is_in_a_shop=False`.
    """
    assert not permission or permission in PERMISSIONS, permission
    in_a_shop = permission in IN_A_SHOP if is_in_a_shop is None else is_in_a_shop
    return {"policy": "staff", "permission": permission, "is_in_a_shop": in_a_shop}


async def admit(
    connection: ASGIConnection[BaseRouteHandler, None, None, State], handler: BaseRouteHandler
) -> None:
    """Let in whom the route's policy lets in, with nothing forged."""
    assert isinstance(connection, Request)
    if "\x00" in connection.scope["path"] or b"%00" in connection.scope["query_string"]:
        # In no address of ours, and PostgreSQL takes none.
        raise NotFoundException
    if handler.opt.get("policy") == "api":
        # No browser sends a key by itself, so nobody can make it: there is nothing to forge.
        await admit_caller(connection, handler.opt["scope"])
        return
    if handler.opt.get("policy") == "operations" and not is_at_the_machine(connection):
        raise NotFoundException
    if handler.opt.get("policy") == "staff":
        is_in_a_shop = handler.opt["is_in_a_shop"]
        await admit_member(connection, handler.opt["permission"], is_in_a_shop=is_in_a_shop)
    if handler.opt.get("policy") == "visitor":
        await admit_shopper(connection)
    if connection.scope["method"] not in SAFE and handler.opt.get("policy") != "platform":
        kind = handler.opt.get("form")
        if kind == "beacon":
            refuse_foreign(connection, must_say=True)
            return
        await refuse_forgery(connection, is_open=kind == "open", has_files=kind == "files")


def is_at_the_machine(asked: Asked) -> bool:
    """Tell whether this comes from the machine itself, and not through a proxy on it."""
    if os.environ.get("JISHI_OPERATIONS") == "open":
        return True
    client = asked.scope.get("client")
    is_forwarded = "x-forwarded-for" in asked.headers or "forwarded" in asked.headers
    return client is not None and client[0] in LOOPBACK and not is_forwarded


async def refuse_forgery(asked: Asked, *, is_open: bool = False, has_files: bool = False) -> None:
    """Refuse what another site's page makes a browser send: by its origin, then by its token.

    An open form has no token: there the browser must say where it was sent from.
    """
    is_said = refuse_foreign(asked)
    kind = asked.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != ("multipart/form-data" if has_files else "application/x-www-form-urlencoded"):
        raise PermissionDeniedException
    if is_open and is_said:
        return
    form = await asked.form()
    if not is_genuine(house(asked), asked.cookies.get(FORM, ""), text(form, "form")):
        await form.close()
        raise PermissionDeniedException


def refuse_foreign(asked: Asked, *, must_say: bool = False) -> bool:
    """Refuse what another site's page sends; give whether the browser says where it came from."""
    host, origin = asked.headers.get("host", ""), asked.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != host:
        raise PermissionDeniedException
    if asked.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise PermissionDeniedException
    is_said = origin is not None or "sec-fetch-site" in asked.headers
    if must_say and not is_said:
        raise PermissionDeniedException
    return is_said


def refuse_unguarded(app: Litestar) -> None:
    """Refuse to build an application with a route that does not say who may come."""
    if found := sorted(unguarded(app)):
        raise RuntimeError(f"these routes do not say who may come: {found}")


def unguarded(app: Litestar) -> Iterator[str]:
    """Name the routes without a policy; OPTIONS is the framework's, and tells only methods."""
    for route in app.routes:
        handlers = route.route_handlers if isinstance(route, HTTPRoute) else [route.route_handler]
        for handler in handlers:
            is_options = getattr(handler, "http_methods", None) == {"OPTIONS"}
            if not is_options and handler.opt.get("policy") not in POLICIES:
                yield route.path
