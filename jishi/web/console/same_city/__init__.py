"""Same-city delivery at the desk: what is to be brought, and who is on his way."""

from jishi.web.console.same_city.pages import order, queue, send, slip

SAME_CITY = (queue, order, send, slip)

__all__ = ["SAME_CITY"]
