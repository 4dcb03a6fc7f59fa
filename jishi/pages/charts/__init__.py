"""Charts: drawn by the server as SVG, without a script, in the page's own colours.

Each has a title and a description for those who hear it; the page puts the numbers beside it as a
table. They are 320 wide, so that their words stay readable on the narrowest phone.
"""

from jishi.pages.charts.grouped import Group, grouped_bars
from jishi.pages.charts.interval import Bar, interval_bars
from jishi.pages.charts.line import Fan, Place, line_chart
from jishi.pages.charts.sheet import Limit, Sheet

__all__ = [
    "Bar", "Fan", "Group", "Limit", "Place", "Sheet", "grouped_bars", "interval_bars",
    "line_chart",
]  # fmt: skip
