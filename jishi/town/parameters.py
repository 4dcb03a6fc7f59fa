"""The parameter card: what each trait of the town means, and who says so; assumed is said too."""

from typing import NamedTuple

ASSUMED = "assumed"
FITTED = "fitted"


class Parameter(NamedTuple):
    """What a trait means; a source, or `assumed`, or `fitted` to one of the targets."""

    meaning: str
    source: str


CDNOW = "CDNOW's Pareto/NBD (Fader, Hardie, Lee 2005)"
PARAMETERS = {
    "need_shape": Parameter("Shape of the gamma of needs", CDNOW + ": .553"),
    "need_weeks": Parameter(
        "Scale of that gamma; its 10.578 weeks are purchases, a need is met elsewhere too", FITTED
    ),
    "season": Parameter("Needs go up and down with the year by so much", ASSUMED),
    "season_peak": Parameter("The day of the year with most needs (11 November)", ASSUMED),
    "kinship": Parameter("Spread of needs and appetites between neighbourhoods", ASSUMED),
    "choose": Parameter("Logit of buying here, all else nought", ASSUMED),
    "choose_habit": Parameter("... for a habit here, less one elsewhere", FITTED),
    "choose_trust": Parameter("... for full trust", ASSUMED),
    "choose_reminded": Parameter("... for a message of today", ASSUMED),
    "choose_following": Parameter("... for following", ASSUMED),
    "choose_recommended": Parameter("... for recommendations instead of what is popular", ASSUMED),
    "habit_here": Parameter("Mean habit here on the first day", FITTED),
    "habit_elsewhere": Parameter("Mean habit elsewhere on the first day", ASSUMED),
    "habit_gain": Parameter(
        "What a good purchase adds of what is missing: 1 - .05^(1/66)", "Lally et al. 2010"
    ),
    "habit_loss": Parameter("What a purchase on the other side takes away", ASSUMED),
    "trust_gain": Parameter("What a good purchase adds of the trust that is missing", ASSUMED),
    "trust_hurt": Parameter("What a bad one takes away", ASSUMED),
    "impulse": Parameter("Purchases on a message by somebody fresh", FITTED),
    "forget_days": Parameter("So long a reminder lasts", ASSUMED),
    "tiring": Parameter("Fatigue of a message", ASSUMED),
    "fast_days": Parameter("Fast fatigue wears off in so many days", ASSUMED),
    "slow_days": Parameter("Slow fatigue follows it in so many", ASSUMED),
    "tired_buying": Parameter("How fatigue cuts purchases on a message", ASSUMED),
    "tired_reading": Parameter("How fast fatigue cuts reading", FITTED),
    "weary_reading": Parameter("How slow fatigue cuts reading", FITTED),
    "leaving": Parameter("Unfollows on a day without a message", ASSUMED),
    "leaving_touched": Parameter("Unfollows on a message", FITTED),
    "leaving_tired": Parameter("How fatigue raises them", ASSUMED),
    "hushing": Parameter("Requests for quiet, by unfollow", ASSUMED),
    "forgiving": Parameter("How readily a leaver comes back, by somebody new", ASSUMED),
    "news_week": Parameter("Articles a week", ASSUMED),
    "appetite_shape": Parameter("Shape of the gamma of appetites for reading", ASSUMED),
    "reading": Parameter("Openings of an article by a follower of mean appetite", ASSUMED),
    "reading_touched": Parameter("Openings that a message brings", ASSUMED),
    "learning": Parameter("How fast readers learn what reading is worth here", ASSUMED),
    "card_cost": Parameter("What a card takes from an article's worth", ASSUMED),
    "card_impulse": Parameter("Purchases from a card, by opening", ASSUMED),
    "card_tiring": Parameter("Fatigue of a card: a quarter of a message's", ASSUMED),
    "read_through": Parameter("Openings read to the end", ASSUMED),
    "passing_article": Parameter("Openings passed on", ASSUMED),
    "keeping_article": Parameter("Openings kept", ASSUMED),
    "sellers": Parameter("People who sell in their circle", ASSUMED),
    "posting": Parameter("Their posts a day", ASSUMED),
    "passing": Parameter("Good purchases told to friends", ASSUMED),
    "seeing": Parameter("Shares that a friend sees", ASSUMED),
    "opening": Parameter("Seen shares opened, of the closest friend", FITTED),
    "share_buying": Parameter("Purchases of those who opened one", FITTED),
    "share_following": Parameter("New followers of those who opened one", FITTED),
    "share_tiring": Parameter("Fatigue of a share seen", ASSUMED),
    "passing_on": Parameter("Opened shares passed on", ASSUMED),
    "wear": Parameter("Openings fall with a sharer's shares to this power", ASSUMED),
    "declining": Parameter("Friends muted, by share seen", ASSUMED),
    "name_pull": Parameter("Purchases with the friend's name on the page, by without", ASSUMED),
    "stiffness": Parameter("Openings after a purchase the friend was told of, by before", ASSUMED),
    "following": Parameter("Who follows on the first day", ASSUMED),
    "finding": Parameter("Strangers who find the account by themselves, a day", ASSUMED),
    "scanning": Parameter("Strangers who come by the poster, a day", ASSUMED),
    "winning": Parameter("Of those who scan, who follows anyway", ASSUMED),
    "winning_deep": Parameter("... who follows only for a deep discount", ASSUMED),
    "deal_keenness": Parameter("How much the latter buy, by others", "Lewis 2006: about half"),
    "bad": Parameter("Goods that are not as they should be", ASSUMED),
    "fake": Parameter("Of the disputed, those called fakes", ASSUMED),
    "disputing": Parameter("Bad goods disputed", ASSUMED),
    "refunding": Parameter("Disputes refunded", ASSUMED),
    "paying_failure": Parameter("Payments that fail", ASSUMED),
    "late": Parameter("Parcels sent after two days", ASSUMED),
    "lost": Parameter("Parcels lost", ASSUMED),
    "settled_late": Parameter("Settlements after their day", ASSUMED),
    "breaks": Parameter("Orders whose money differs in the bank's books", ASSUMED),
    "unexplained": Parameter("Of these, never explained", ASSUMED),
    "page_p95": Parameter("Seconds of the slowest page in twenty", ASSUMED),
    "empty_searches": Parameter("Searches that find nothing", ASSUMED),
}
