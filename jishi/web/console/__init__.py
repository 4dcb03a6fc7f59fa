"""The console: where staff work, on a desk or on a phone, with or without scripts."""

from jishi.web.console.after_sale import AFTER_SALE
from jishi.web.console.audit import AUDIT
from jishi.web.console.finance import FINANCE
from jishi.web.console.first_run import begin, first_run
from jishi.web.console.goods import GOODS
from jishi.web.console.jobs import jobs, release, revival
from jishi.web.console.notices import see_notices, told
from jishi.web.console.opening import OPENING
from jishi.web.console.orders import ORDERS
from jishi.web.console.payment import PAYMENT
from jishi.web.console.pickup import PICKUP
from jishi.web.console.questions import QUESTIONS
from jishi.web.console.same_city import SAME_CITY
from jishi.web.console.second_step import ask_code, take_code
from jishi.web.console.settings import SETTINGS
from jishi.web.console.shipping import SHIPPING
from jishi.web.console.shops import choose_shop, shops
from jishi.web.console.sign_in import enter, leave, sign_in
from jishi.web.console.staff import STAFF_PAGES
from jishi.web.console.stock import STOCK
from jishi.web.console.stores import STORES
from jishi.web.console.today import today
from jishi.web.console.welcome import set_password, welcome

CONSOLE = (
    today,
    sign_in,
    enter,
    leave,
    ask_code,
    take_code,
    first_run,
    begin,
    welcome,
    set_password,
    shops,
    choose_shop,
    told,
    see_notices,
    jobs,
    revival,
    release,
    *AFTER_SALE,
    *AUDIT,
    *FINANCE,
    *GOODS,
    *OPENING,
    *ORDERS,
    *SAME_CITY,
    *SHIPPING,
    *PAYMENT,
    *PICKUP,
    *QUESTIONS,
    *SETTINGS,
    *STAFF_PAGES,
    *STOCK,
    *STORES,
)

__all__ = ["CONSOLE"]
