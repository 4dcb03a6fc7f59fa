"""What a reader is told when goods refuses."""

from jishi.web.words.both import both

REFUSALS = {
    "price_out_of_bounds": both(
        "价格不在范围内",
        "请填 0 到 1,000,000 元之间的价格。",
        "The price is out of bounds",
        "Please enter a price from 0 to 1,000,000 yuan.",
    ),
    "struck_price_not_higher": both(
        "划线价要比售价高",
        "请把划线价改高，或留空。",
        "The struck price must be the higher one",
        "Please raise it, or leave it empty.",
    ),
    "struck_price_unproven": both(
        "这个划线价没有依据",
        "划线价不能高于前七天一直在售时的最低价；请改低或留空。",
        "This struck price has no proof",
        "It may not be above the lowest price of the seven days before; lower it, or clear it.",
    ),
    "sku_unknown": both(
        "没有找到这个规格",
        "它可能刚被改掉，请刷新后再试。",
        "There is no such SKU",
        "It may have just been changed; please reload and try again.",
    ),
    "store_name_out_of_bounds": both(
        "门店要有名字，最多 {characters_max} 个字",
        "请改一下，其他内容都还在。",
        "A store has a name of up to {characters_max} characters",
        "Please change it; everything else is kept.",
    ),
    "whereabouts_out_of_bounds": both(
        "地址最多 {characters_max} 个字，电话最多 20 个字",
        "请写短一点，其他内容都还在。",
        "The address has up to {characters_max} characters, the phone up to 20",
        "Please make it shorter; everything else is kept.",
    ),
    "hours_unclear": both(
        "营业时间看不懂",
        "每天写成 09:00-21:00；不营业的那天留空。",
        "The opening hours are not clear",
        "Write each day as 09:00-21:00; leave a day empty when it is closed.",
    ),
    "position_unclear": both(
        "位置看不懂",
        "纬度和经度都写成度数，例如 30.2741 和 120.1551；或者都留空。",
        "The position is not clear",
        "Write both in degrees, such as 30.2741 and 120.1551, or leave both empty.",
    ),
    "too_many_stores": both(
        "一家小店最多 {stores_max} 个门店",
        "请先合并或改用已有的门店。",
        "A shop has up to {stores_max} stores",
        "Please use one of those that are there.",
    ),
    "store_unknown": both(
        "没有找到这个门店",
        "请重新选择门店。",
        "There is no such store",
        "Please choose the store again.",
    ),
    "same_store": both(
        "调出和调入是同一个门店",
        "请选两个不同的门店；没有调拨。",
        "Both are the same store",
        "Please choose two stores; nothing was moved.",
    ),
    "reason_out_of_bounds": both(
        "请写明原因，最多 {characters_max} 个字",
        "填好原因再提交，库存没有变化。",
        "Please give a reason of up to {characters_max} characters",
        "Nothing was changed; fill it in and send it again.",
    ),
    "stock_too_low": both(
        "货架上没有这么多",
        "现在可减的只有 {free} 件，请改小数量。",
        "The shelf has less than that",
        "Only {free} can be taken; please enter fewer.",
    ),
    "handle_taken": both(
        "这个商品编码已经用过了",
        "请换一个编码。",
        "Another product has this handle",
        "Please choose another one.",
    ),
    "product_unknown": both(
        "没有找到这件商品",
        "请从商品列表重新打开。",
        "There is no such product",
        "Please open it again from the list of products.",
    ),
    "product_changed": both(
        "这件商品刚被别人改过",
        "为了不覆盖他的修改，请重新打开后再改；您的内容没有保存。",
        "Somebody else has just changed this product",
        "So as not to undo that, open it again and repeat your change; yours was not saved.",
    ),
    "state_unknown": both(
        "没有这种状态",
        "请选择草稿、上架或归档。",
        "There is no such state",
        "Please choose draft, live or archived.",
    ),
    "live_needs_sku": both(
        "上架前至少要有一个规格",
        "请先填好规格和价格。",
        "A live product needs something to buy",
        "Please add a SKU with its price first.",
    ),
    "live_needs_category": both(
        "上架前要选好类目",
        "请先选择类目，或者先存为草稿。",
        "A live product needs a category",
        "Please choose one, or save it as a draft.",
    ),
    "live_needs_picture": both(
        "上架前至少要有一张图片",
        "请先上传图片，或者先存为草稿。",
        "A live product needs a picture",
        "Please upload one, or save it as a draft.",
    ),
    "title_out_of_bounds": both(
        "名称要有 1 到 {characters_max} 个字",
        "请改一下名称。",
        "A name has 1 to {characters_max} characters",
        "Please change the name.",
    ),
    "title_taken": both(
        "已经有一个同名的类目",
        "请换一个名称。",
        "Another category is called so",
        "Please choose another name.",
    ),
    "parent_unknown": both(
        "没有找到上级类目",
        "请重新选择上级类目。",
        "There is no such category above",
        "Please choose the category above again.",
    ),
    "levels_out_of_bounds": both(
        "类目最多 {levels_max} 层，也不能放到自己下面",
        "请换一个上级类目。",
        "Categories have up to {levels_max} levels, and none lies below itself",
        "Please choose another one above.",
    ),
    "too_many_categories": both(
        "类目最多 {categories_max} 个",
        "请先整理现有的类目。",
        "A shop has up to {categories_max} categories",
        "Please tidy up those there are.",
    ),
    "picture_too_large": both(
        "图片太大了",
        "请上传 20 MB 以内的图片。",
        "The picture is too large",
        "Please upload one of up to 20 MB.",
    ),
    "picture_unreadable": both(
        "认不出这张图片",
        "请上传 JPEG、PNG 或 WebP，最多 2500 万像素。",
        "This picture cannot be read",
        "Please upload a JPEG, PNG or WebP of up to 25 million pixels.",
    ),
    "lines_rejected": both(
        "有几处填得不对",
        "每一处都标在下面，改好再提交；没有保存任何内容。",
        "Some of this cannot be taken",
        "Each place is marked below; nothing was saved yet.",
    ),
}

UNREACHABLE = (
    "category_unknown", "ids_too_few", "list_empty", "nothing_there", "picture_not_listed",
    "store_id_unclear",
    "shop_has_no_store",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
