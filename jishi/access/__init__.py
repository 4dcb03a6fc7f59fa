"""Access: keys with which a merchant's own programs enter by the API, each for what it may do.

Of a key the market keeps a digest only; whoever issues it sees it once.
"""

from jishi.access import rules, views
from jishi.access.issue_api_key import ApiKeyIssued, IssueApiKey
from jishi.access.revoke_api_key import ApiKeyRevoked, RevokeApiKey
from jishi.access.rules import SCOPES

__all__ = [
    "SCOPES",
    "ApiKeyIssued",
    "ApiKeyRevoked",
    "IssueApiKey",
    "RevokeApiKey",
    "rules",
    "views",
]
