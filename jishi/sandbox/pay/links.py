"""What leads a payer to the cashier: codes to scan, links to open, and packages of a page."""

import re
from urllib.parse import parse_qs, urlsplit

PREPAY_ID = re.compile(r"wx[0-9]{14}[0-9a-f]{20}")
CODE = re.compile(
    r"weixin://(?:wxpay|pay\.weixin\.qq\.com)/bizpayurl/up\?pr=([0-9a-f]+)&groupid=00"
)
H5_PATH = "/cgi-bin/mmpayweb-bin/checkmweb"
PACKAGE = "prepay_id="


def code_url(prepay_id: str) -> str:
    """Write what the code of a Native order says."""
    return f"weixin://wxpay/bizpayurl/up?pr={prepay_id[2:]}&groupid=00"


def combined_code_url(prepay_id: str) -> str:
    """Write what the code of combined orders says."""
    return f"weixin://pay.weixin.qq.com/bizpayurl/up?pr={prepay_id[2:]}&groupid=00"


def h5_url(base_url: str, prepay_id: str) -> str:
    """Write where a browser goes; the package is a number that belongs to this prepay_id alone."""
    return f"{base_url}{H5_PATH}?prepay_id={prepay_id}&package={_number(prepay_id)}"


def by_code(url: str) -> str:
    """Read the prepay_id from a scanned code; empty when it is none of ours."""
    found = CODE.fullmatch(url)
    return _known(f"wx{found[1]}") if found else ""


def by_h5(url: str) -> str:
    """Read the prepay_id from an opened link; empty when it is none of ours."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    prepay_id = _known(asked.get("prepay_id", [""])[0])
    is_whole = parts.path == H5_PATH and asked.get("package") == [_number(prepay_id)]
    return prepay_id if prepay_id and is_whole else ""


def by_package(package: str) -> str:
    """Read the prepay_id from a page's `package`, or an app's; empty when there is none."""
    return _known(package.removeprefix(PACKAGE))


def _known(prepay_id: str) -> str:
    return prepay_id if PREPAY_ID.fullmatch(prepay_id) else ""


def _number(prepay_id: str) -> str:
    return str(int(prepay_id[-8:], 16)) if prepay_id else ""
