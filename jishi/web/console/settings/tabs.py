"""The tabs of a shop's settings."""

from jishi.pages.words import Words
from jishi.web.console.frame import Tab


def tabs(here: str, words: Words) -> list[Tab]:
    """Give every tab; `here` is the path of the one that is shown."""
    _ = words.say
    named = (
        ("/console/settings/freight", _("运费")),
        ("/console/stores", _("门店")),
        ("/console/opening", _("主体与开业")),
    )
    return [Tab(path, said, path == here) for path, said in named]
