"""What a reader is told when people refuses."""

from jishi.web.words.both import both

REFUSALS = {
    "recipient_out_of_bounds": both(
        "请填写收货人，最多 {characters_max} 个字", "写上收件时用的名字。",
        "Please name the recipient, in up to {characters_max} characters",
        "Write the name parcels are taken under.",
    ),
    "phone_unreadable": both(
        "手机号码好像不对", "请填 11 位手机号，或带区号的座机；境外号码请以 + 和国家代码开头。",
        "This phone number does not look right",
        "Please give 11 digits, a landline with its area code, or + and a country code.",
    ),
    "division_not_district": both(
        "请选择省、市、区", "要选到区县这一级。",
        "Please choose province, city and district", "The district is needed too.",
    ),
    "street_out_of_bounds": both(
        "请填写详细地址，最多 {characters_max} 个字", "写上街道、门牌号、楼栋和房号。",
        "Please write the street, in up to {characters_max} characters",
        "Street, number, building and room.",
    ),
    "too_many_addresses": both(
        "收货地址最多 {addresses_max} 个", "请先删除不再用的地址。",
        "There can be {addresses_max} addresses", "Please remove one you do not use any more.",
    ),
    "address_unknown": both(
        "没有找到这个地址", "它可能已经删除，请回到地址列表再看一下。",
        "There is no such address", "It may have been removed; please look at the list again.",
    ),
}  # fmt: skip

UNREACHABLE = (
    "address_id_taken", "id_adopted", "identity_known", "identity_out_of_bounds",
    "key_out_of_bounds", "person_known", "person_unknown",
    "seal_out_of_bounds", "signed_out_already",
)  # fmt: skip
"""Reasons that no page can bring about: whoever meets one is told so much."""
