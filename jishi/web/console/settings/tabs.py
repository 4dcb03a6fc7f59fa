"""The tabs of a shop's settings."""

from jishi.pages.words import Words
from jishi.web.console.frame import Tab


def tabs(here: str, words: Words) -> list[Tab]:
    """Give every tab, where there is more than one; `here` is the path of the one shown."""
    _ = words.say
    named = [
        ("/console/settings/freight", _("快递运费")),
        ("/console/settings/same-city", _("同城配送")),
    ]
    return [Tab(path, said, path == here) for path, said in named if len(named) > 1]
