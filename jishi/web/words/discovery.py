"""What a reader is told when discovery refuses."""

from jishi.web.words.both import both

REFUSALS = {
    "not_worth_noting": both(
        "这个词没有记下来", "不用管它，换个说法继续搜索就好。",
        "This question was not noted", "Nothing to do: go on searching with other words.",
    ),
}  # fmt: skip
