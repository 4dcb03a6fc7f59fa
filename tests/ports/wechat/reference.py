"""Where the public reference material lies: beside the repository, not in it."""

from pathlib import Path

SHARED = Path(__file__).parents[4] / "shared"
VECTORS = SHARED / "reference" / "wechat-vectors.json"
OPENAPI = SHARED / "data" / "wechatpay-openapi"
