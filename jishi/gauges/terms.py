"""What an operator tells the gauges: numbers that no event can say."""

from msgspec import Struct


class Terms(Struct, frozen=True):
    """The operator's own numbers.

    `margin_percent` of what is paid and kept is the shop's margin. `follower_worth_fen` is what
    losing a follower costs (the harm price). `current_arm` is the rung of the ladder that
    everybody else lives under; it is compared with `low_arm`.
    """

    margin_percent: int = 30
    follower_worth_fen: int = 2_000
    current_arm: str = "none"
    low_arm: str = "1"
