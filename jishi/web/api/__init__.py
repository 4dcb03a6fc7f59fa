"""The API under /api/v1: the market's acts and views for other programs, as JSON.

A program enters with a key of a shop (`Authorization: Bearer jk_…`), which opens what its scopes
name and nothing of another shop. What changes something carries an `Idempotency-Key`. Errors are
problem details (RFC 9457); lists are read by cursor.
"""

from litestar import Router

from jishi.web.api import cases, orders, parcels, products, schema, shop, skus, webhooks

ROUTES = (
    shop.show_shop, products.list_products, products.show_product, skus.set_price, skus.adjust,
    orders.list_orders, orders.show_order, parcels.list_parcels, parcels.ship, parcels.correct,
    cases.list_cases, cases.show_case, cases.agree, cases.refuse, cases.inspect,
    cases.refuse_goods, cases.replace, webhooks.add, webhooks.list_all,
    webhooks.show_deliveries, webhooks.replay, webhooks.remove,
)  # fmt: skip
api = Router("/api/v1", route_handlers=[*ROUTES, schema.document(ROUTES)])
