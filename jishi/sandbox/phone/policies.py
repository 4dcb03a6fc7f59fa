"""A page's security policy, relaxed as far as the phone's frame and the bridge need it."""

import re

from jishi.sandbox.phone.origins import View

BRIDGE = "/__wechat__/bridge.js"
JWEIXIN = "/__wechat__/jweixin.js"

NAMES = {b"content-security-policy", b"content-security-policy-report-only"}
SCRIPTS = ("script-src-elem", "script-src", "default-src")
HINDRANCES = {"frame-ancestors", "upgrade-insecure-requests", "block-all-mixed-content"}
NONCE = re.compile(r"'nonce-([A-Za-z0-9+/=_\-]+)'")


def relaxed(policy: str, view: View, host: str, nonce: str) -> str:
    """Give a policy that lets the phone frame the page and the bridge run, and nothing more.

    `host` is the origin of the page as it is shown, `nonce` a fresh one.
    """
    rules = [rule.split() for rule in policy.split(";") if rule.strip()]
    kept = [rule for rule in rules if rule[0].lower() not in HINDRANCES]
    for name in SCRIPTS:
        places = [place for place, rule in enumerate(kept) if rule[0].lower() == name]
        if places:
            kept[places[0]] = admitting(kept[places[0]], host, nonce)
            break
    kept.append(["frame-ancestors", view.phone])
    return "; ".join(" ".join(rule) for rule in kept)


def admitting(rule: list[str], host: str, nonce: str) -> list[str]:
    """Give a rule for scripts under which the bridge may run.

    A nonce is added only where one is asked for: beside 'unsafe-inline' it would forbid the rest.
    """
    words = " ".join(rule)
    given = [word for word in rule if word != "'none'"]
    if "'self'" not in given and "*" not in given:
        given.append(f"{host}{BRIDGE}")
        if "wx.qq.com" in words:
            given.append(f"{host}{JWEIXIN}")
    if "'strict-dynamic'" in given and not NONCE.search(words):
        given.append(f"'nonce-{nonce}'")
    return given


def nonce_of(policies: list[str]) -> str:
    """Give the nonce under which a script of these policies may run; nothing if none is needed."""
    found = (NONCE.search(policy) for policy in policies)
    return next((each[1] for each in found if each), "")
