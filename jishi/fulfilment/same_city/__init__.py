"""Same-city delivery: what went out for delivery, and who brings it while it is on its way."""

from jishi.fulfilment.same_city import views

__all__ = ["views"]
