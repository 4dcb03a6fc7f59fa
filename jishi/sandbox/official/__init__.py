"""The official account: what WeChat does with it, as strictly as WeChat.

Behind the official door: `tokens`, `users`, `tags`, `qr`, `menus`, `templates`, `notices`,
`customer`, `broadcasts`, `datacube`, `oauth`, `tickets`; what it writes is in `sandbox.articles`,
the mini program in `sandbox.program`. What persons do is in `deeds`; what is told to the
developer's server goes by `push`; what both said is in `chat`.
"""

from jishi.sandbox.articles import drafts, media, publish, published, reading
from jishi.sandbox.official import (
    authorize,
    blacklist,
    broadcasts,
    controls,
    customer,
    datacube,
    deed_controls,
    menus,
    network,
    notice_templates,
    notices,
    one_time,
    pictures,
    qr,
    quota,
    shorten,
    tags,
    template_send,
    templates,
    tickets,
    tokens,
    users,
    verification,
)
from jishi.sandbox.official.wrong_methods import wrong_methods
from jishi.sandbox.program import links, login, safety, shipping, shipping_told

OPERATIONS = (
    blacklist, broadcasts, controls, customer, datacube, deed_controls, drafts, links, login,
    media, menus, network, notice_templates, notices, publish, published, qr, quota, safety,
    shipping, shipping_told, shorten, tags, template_send, templates, tickets, tokens, users,
    verification,
)  # fmt: skip
"""Whoever is imported here has put its operations behind their doors."""

HANDLERS = [
    reading.read,
    authorize.authorize,
    authorize.decide,
    one_time.ask,
    one_time.answer,
    pictures.show_code,
    pictures.show_medium,
    pictures.show_face,
    *wrong_methods(),
]
