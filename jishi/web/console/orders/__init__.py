"""Orders at the desk: their lists, and each with what can be done about it."""

from jishi.web.console.orders.address import change_address, order_address
from jishi.web.console.orders.deeds import do_deed
from jishi.web.console.orders.lists import orders_list
from jishi.web.console.orders.page import order_page

ORDERS = (orders_list, order_page, do_deed, order_address, change_address)

__all__ = ["ORDERS"]
