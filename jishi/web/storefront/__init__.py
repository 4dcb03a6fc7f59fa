"""The storefront: what a shopper reads, in his language, on a phone, with or without scripts."""

from jishi.web.storefront import (
    addresses,
    after_sale,
    erasure,
    me,
    order_address,
    photographs,
    privacy,
    sign_in_code,
    together,
)
from jishi.web.storefront.cart import cart, change, put
from jishi.web.storefront.cashier import cashier, inquiry, start, withdrawal
from jishi.web.storefront.category import categories, category
from jishi.web.storefront.checkout import cart_checkout, checkout
from jishi.web.storefront.home import home
from jishi.web.storefront.invoice import ask_invoice, invoice
from jishi.web.storefront.language import choose, language
from jishi.web.storefront.legal import about_shop, legal
from jishi.web.storefront.logistics import logistics
from jishi.web.storefront.my_orders import my_orders
from jishi.web.storefront.orders import again, cancellation, order, receipt
from jishi.web.storefront.place import place
from jishi.web.storefront.product import product
from jishi.web.storefront.purchase import purchase
from jishi.web.storefront.search import search, suggestions
from jishi.web.storefront.sign_in import sign_in, sign_out
from jishi.web.storefront.sign_in_wechat import from_wechat, to_wechat

PAGES = (
    home, legal, about_shop, categories, category, product, put, cart, change, checkout,
    cart_checkout, place, order, logistics, purchase, cancellation, again, my_orders,
    invoice, ask_invoice, language, choose, search,
    suggestions, cashier, start, inquiry, withdrawal, after_sale.ask, after_sale.open_case,
    after_sale.case, after_sale.withdraw_case, after_sale.dispute, after_sale.parcel,
    photographs.show_photographs, photographs.photograph,
    sign_in, sign_out, to_wechat, from_wechat, sign_in_code.send, sign_in_code.ask,
    sign_in_code.prove, receipt, addresses.addresses,
    addresses.new, addresses.edit, addresses.save, addresses.remove,
    me.me, me.name, me.set_name, privacy.privacy, privacy.consent, privacy.export,
    order_address.order_address, order_address.change_address,
    erasure.erasure, erasure.send, erasure.erase,
    together.start, together.cashier, together.inquiry, together.withdrawal,
)  # fmt: skip

__all__ = ["PAGES"]
