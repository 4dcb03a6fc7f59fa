"""What the town is like: every number it rests on; `parameters.py` says where each comes from."""

from msgspec import Struct


class Traits(Struct, frozen=True, kw_only=True):
    """The numbers of a town: rates are a day's, shares are of one, fatigue has no unit."""

    # Need and where it is met.
    need_shape: float = 0.553
    need_weeks: float = 3.1
    season: float = 0.15
    season_peak: float = 315.0
    kinship: float = 0.3
    choose: float = -2.15
    choose_habit: float = 4.5
    choose_trust: float = 1.2
    choose_reminded: float = 0.35
    choose_following: float = 0.6
    choose_recommended: float = 0.1
    habit_here: float = 0.16
    habit_elsewhere: float = 0.6
    habit_gain: float = 0.0444
    habit_loss: float = 0.004
    trust_gain: float = 0.03
    trust_hurt: float = 0.2
    # Messages and tiredness.
    impulse: float = 0.0072
    forget_days: float = 2.8
    tiring: float = 0.055
    fast_days: float = 14.0
    slow_days: float = 120.0
    tired_buying: float = 1.6
    tired_reading: float = 1.6
    weary_reading: float = 0.4
    leaving: float = 0.0002
    leaving_touched: float = 0.0016
    leaving_tired: float = 1.5
    hushing: float = 1.0
    forgiving: float = 0.1
    # Articles and the cards in them.
    news_week: float = 3.0
    appetite_shape: float = 2.0
    reading: float = 0.2
    reading_touched: float = 0.12
    learning: float = 0.03
    card_cost: float = 0.04
    card_impulse: float = 0.004
    card_tiring: float = 0.014
    read_through: float = 0.45
    passing_article: float = 0.03
    keeping_article: float = 0.02
    # Friends.
    sellers: float = 0.02
    posting: float = 0.35
    passing: float = 0.06
    seeing: float = 0.3
    opening: float = 0.25
    share_buying: float = 0.2
    share_following: float = 0.12
    share_tiring: float = 0.01
    passing_on: float = 0.01
    wear: float = 0.25
    declining: float = 0.0006
    name_pull: float = 1.25
    stiffness: float = 0.95
    # How followers come.
    following: float = 0.3
    finding: float = 0.0004
    scanning: float = 0.004
    winning: float = 0.25
    winning_deep: float = 0.35
    deal_keenness: float = 0.5
    # What is sold, and how it is carried out.
    bad: float = 0.03
    fake: float = 0.1
    disputing: float = 0.4
    refunding: float = 0.5
    paying_failure: float = 0.02
    late: float = 0.01
    lost: float = 0.003
    settled_late: float = 0.002
    breaks: float = 0.0002
    unexplained: float = 0.0
    page_p95: float = 0.8
    empty_searches: float = 0.08
