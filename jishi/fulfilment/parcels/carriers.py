"""Carriers: who brings parcels, by the codes that WeChat's shipping information knows them by.

Source: WeChat's "获取运力 id 列表" (get_delivery_list) of the mini program's shipping service.
"""

CARRIERS = {
    "SF": ("顺丰速运", "SF Express"),
    "ZTO": ("中通快递", "ZTO Express"),
    "YTO": ("圆通速递", "YTO Express"),
    "YD": ("韵达快递", "Yunda Express"),
    "STO": ("申通快递", "STO Express"),
    "JTSD": ("极兔速递", "J&T Express"),
    "JD": ("京东快递", "JD Logistics"),
    "EMS": ("邮政 EMS", "EMS"),
    "YZPY": ("邮政快递包裹", "China Post"),
    "DBL": ("德邦快递", "Deppon Express"),
}
"""The code, and the name in Chinese and English."""

NAMES = {name: code for code, names in CARRIERS.items() for name in names}


def code_of(said: str) -> str:
    """Give a carrier's code by its code or its name; empty for one we do not know."""
    said = said.strip()
    return said.upper() if said.upper() in CARRIERS else NAMES.get(said, "")


def name_of(code: str, *, is_english: bool) -> str:
    """Name a carrier; a code that is known no more is its own name."""
    return CARRIERS.get(code, (code, code))[is_english]
