"""What a reader is told when the eight questions refuse."""

from jishi.web.words.both import both

REFUSALS = {
    "measuring_under_way": both(
        "正在测量", "请等这一次结束，页面会自己更新。",
        "The market is being measured already",
        "Please wait until it ends; the page renews itself.",
    ),
    "measuring_ended": both(
        "这次测量已经结束了", "请看最新的结果，或者重新测量。",
        "This measuring has ended", "Please look at the latest answers, or measure again.",
    ),
    "verdicts_out_of_bounds": both(
        "这份结果不完整，没有保存", "要八个问题各一个回答，日期和数字都要读得懂。",
        "These answers are not complete, and were not kept",
        "There must be one for each of the eight questions, with a date and numbers.",
    ),
    "trouble_unknown": both(
        "不认识这个原因", "请用列出的原因之一。",
        "This is no known reason", "Please give one of those that are listed.",
    ),
}  # fmt: skip
