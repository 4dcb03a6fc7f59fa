"""Opening a shop: who stands behind it, what is still to do, and the gate."""

from jishi.web.console.opening.page import gate, opening, set_opening, state_licence

OPENING = (opening, state_licence, set_opening)

__all__ = ["OPENING", "gate"]
