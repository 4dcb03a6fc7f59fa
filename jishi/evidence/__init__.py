"""The evidence: what was seen, decided and done, in one vocabulary, kept for the gauges.

What pages see is copied in bulk by the recorder; what the acts record is translated when it is
rolled over to the lake. No page waits for any of it, and no personal data is in it.
"""

from jishi.evidence import months, rules
from jishi.evidence.recorder import recorder
from jishi.evidence.types import Origin, Seen, Sight, Visit

__all__ = ["Origin", "Seen", "Sight", "Visit", "months", "recorder", "rules"]
