"""The dials of a policy, as options of the commands that try one on a town."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cyclopts import Parameter

if TYPE_CHECKING:
    from jishi.town.policy import Policy


@Parameter(name="*")
@dataclass(frozen=True)
class Dials:
    """What an operator decides."""

    touches_week: float = 3.0
    """Promotions a week that the shop would send."""
    limit_week: float = 3.0
    """How many of them reach a person at most; 0 is no limit."""
    cards: float = 1.0
    """Product cards an article."""
    share_quota: int = 7
    """Shares a week that a sharer may make."""
    discount_percent: int = 0
    """The discount on a poster for following."""

    def policy(self) -> "Policy":
        """Set a town's dials; it needs the extra."""
        from jishi.town.policy import Policy  # noqa: PLC0415 - it needs the extra

        return Policy(
            touches_week=self.touches_week, limit_week=self.limit_week or None, cards=self.cards,
            share_quota=self.share_quota, discount_percent=self.discount_percent,
        )  # fmt: skip


PRESENT = Dials()
