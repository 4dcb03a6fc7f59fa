"""The phone: WeChat's face in a browser, with a WebView, a fault menu and an inspector."""

from jishi.sandbox.phone import moments, page_calls, rooms
from jishi.sandbox.phone.files import static
from jishi.sandbox.phone.news import news
from jishi.sandbox.phone.page import person_page, phone
from jishi.sandbox.phone.panel import (
    calls,
    carriage_list,
    clock_panel,
    credential_page,
    delivery_list,
    exchange,
    exchanges,
    fault_menu,
    post_box,
)
from jishi.sandbox.phone.photos import photo
from jishi.sandbox.phone.scanning import scanner
from jishi.sandbox.phone.screens import (
    account_search,
    chat_list,
    contact_list,
    discover,
    me,
    moment_list,
)
from jishi.sandbox.phone.sheets import sheet
from jishi.sandbox.phone.talks import account_profile, talk

HANDLERS = (
    static, photo, phone, person_page, news, chat_list, contact_list, discover, me, account_search,
    moment_list, talk, account_profile, scanner, sheet, calls, exchanges, exchange, fault_menu,
    clock_panel, delivery_list, post_box, carriage_list, credential_page,
)  # fmt: skip

__all__ = ["HANDLERS", "moments", "page_calls", "rooms"]
