"""The town's own rules of the budget of touches, until the market has its own."""

TOUCH, CARD, SHARE_SEEN = 4, 1, 2
"""Quarter-touches of a message, a card in an article, a friend's share that was opened."""

UNLIMITED = 1e6
"""Touches a week where nothing limits them."""

BRAKE_FROM, BRAKE_FULL, BRAKE_LEAST = 0.2, 0.5, 0.3
"""Up to the first fatigue a budget fills whole; from the second on at the least rate."""

REST_DAYS = 14
"""So long nothing is sent after a sign of harm; it doubles with each."""
