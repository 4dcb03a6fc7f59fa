"""What a reader is told when the simulated town refuses."""

from jishi.web.words.both import both

REFUSALS = {
    "simulation_out_of_bounds": both(
        "有一个旋钮转得太远了",
        "每周触达最多 {touches_week} 次，每篇卡片最多 {cards} 张，每周分享最多 {share_quota} 次，"
        "优惠最多 {discount_percent}%。没有开始模拟。",
        "A dial is turned too far",
        "At most {touches_week} touches a week, {cards} cards, {share_quota} shares a week and"
        " {discount_percent} per cent. Nothing was simulated.",
    ),
    "simulation_under_way": both(
        "正在模拟", "请等这一次结束，再开始或删除。",
        "A simulation is running", "Please wait until it ends, then start or remove one.",
    ),
    "simulation_ended": both(
        "这次模拟已经结束了", "请看它的结果，或者再开始一次。",
        "This simulation has ended", "Please look at what came of it, or start another.",
    ),
    "simulation_unknown": both(
        "没有找到这次模拟", "它可能已经删除了，请刷新页面。",
        "There is no such simulation", "It may have been removed; please reload the page.",
    ),
    "result_out_of_bounds": both(
        "这份模拟结果读不懂，没有保存", "请再开始一次。",
        "What came of it cannot be read, and was not kept", "Please start another.",
    ),
}  # fmt: skip
