"""Webhooks: what happens in a shop is told to its own programs, in order, until they have taken it.

A webhook is a place in the shop's events: what was taken moves it on, what was not is sent again
after a growing pause, and whoever lost something has it moved back.
"""

from jishi.webhooks import rules, sending, views
from jishi.webhooks.add_webhook import AddWebhook, WebhookAdded
from jishi.webhooks.remove_webhook import RemoveWebhook, WebhookRemoved
from jishi.webhooks.replay_webhook import ReplayWebhook, WebhookReplayed
from jishi.webhooks.sending import secret_of

__all__ = [
    "AddWebhook",
    "RemoveWebhook",
    "ReplayWebhook",
    "WebhookAdded",
    "WebhookRemoved",
    "WebhookReplayed",
    "rules",
    "secret_of",
    "sending",
    "views",
]
