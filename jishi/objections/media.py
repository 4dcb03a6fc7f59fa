"""Media: put goods into content, and the reader leaves."""

from jishi import goods
from jishi.objections.said import Both, Objection

MEDIA = Objection(
    question="media",
    title=Both("媒体", "Media"),
    sentence=Both(
        "公众号是媒体。内容里一放商品，原来的价值就没了；读者看完就满足了，不会再买。",
        "An official account is a medium. Put goods into it and its value is gone; a reader who "
        "has read is satisfied and buys nothing.",
    ),
    how=Both(
        "一部分关注者的文章带商品卡片，另一部分不带；之后两边看同样没有卡片的文章。"
        "按每位关注者（不是每位打开者）计算读完、分享、收藏和回访。至少八期才下结论。",
        "Some followers get articles with product cards, some without; later both get the same, "
        "without. Finishing, sharing, keeping and coming back are counted by follower, "
        "not by who opened. There is no verdict before the eighth issue.",
    ),
    formula=Both(
        "内容价值 = 读完 + 3×分享 + 2×收藏 + 7 天内回访；比值 = 有卡片 ÷ 无卡片。",
        "content value = finished + 3 × shared + 2 × kept + came back within 7 days; "
        "ratio = with cards ÷ without.",
    ),
    instrument=Both(
        "缺文章：市场还不发布文章，也没有商品卡片。",
        "Articles are missing: the market publishes none yet, and has no product cards.",
    ),
    measures={
        "content_value_ratio": Both("内容价值比", "Content value, with cards by without"),
        "learning": Both("事后影响", "After-effect on articles without cards"),
        "net_value": Both("每位关注者净值", "Net worth of cards, a follower"),
    },
    actions={
        "holds": Both(
            "减少每篇的卡片，或隔期再放。", "Fewer cards an article, or only in every other one."
        ),
        "refuted": Both(
            "保持现在的卡片数；想多放，先给一成读者试。",
            "Keep the cards as they are; try more on one reader in ten first.",
        ),
        "undecided": Both(
            "再发几期，不要换选题。", "A few more issues, on the subjects you usually write about."
        ),
        "not_measured": Both("先把文章做起来。", "Begin with articles."),
    },
    acts=(goods.SaveProduct, goods.UploadPicture),
)
