"""The evidence: what was seen, decided and done, in one vocabulary, kept for the gauges.

What pages see is copied in bulk by the recorder; what the acts record is translated when it is
rolled over to the lake. No page waits for any of it, and no personal data is in it.
"""

from jishi.evidence import acts, holdout, months, rules, views
from jishi.evidence.expose import Expose, Exposed
from jishi.evidence.follows import SOURCE_CHARACTERS_MAX
from jishi.evidence.forget_leavers import Folded, ForgetLeavers, LeaversForgotten
from jishi.evidence.nightly import has_gauges, lake_folder
from jishi.evidence.note_follow import FollowNoted, NoteFollow
from jishi.evidence.note_leaver import LeaverNoted, NoteLeaver
from jishi.evidence.note_unfollow import NoteUnfollow, UnfollowNoted
from jishi.evidence.recorder import recorder
from jishi.evidence.types import Origin, Seen, Sight, Visit

__all__ = [
    "SOURCE_CHARACTERS_MAX",
    "Expose",
    "Exposed",
    "Folded",
    "FollowNoted",
    "ForgetLeavers",
    "LeaverNoted",
    "LeaversForgotten",
    "NoteFollow",
    "NoteLeaver",
    "NoteUnfollow",
    "Origin",
    "Seen",
    "Sight",
    "UnfollowNoted",
    "Visit",
    "acts",
    "has_gauges",
    "holdout",
    "lake_folder",
    "months",
    "recorder",
    "rules",
    "views",
]
