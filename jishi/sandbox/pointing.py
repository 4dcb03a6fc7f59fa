"""How to point the common clients at the sandbox: an attribute, a subclass or a header is enough.

`is_tried` tells those that Jishi's own tests run unchanged against it.
"""

from msgspec import Struct


class Pointing(Struct, frozen=True):
    """One client, and the lines that point it; `{base}` is the sandbox's address."""

    language: str
    client: str
    lines: tuple[str, ...]
    is_tried: bool = False


POINTINGS = (
    Pointing(
        "Python",
        "wechatpayv3",
        (
            "pay = WeChatPay(..., public_key=open('wechatpay_public_key.pem').read(),",
            "                public_key_id='PUB_KEY_ID_…')",
            "pay._core._gate_way = '{base}'",
        ),
        is_tried=True,
    ),
    Pointing(
        "Python",
        "wechatpy 1.8",
        (
            "class Client(WeChatClient):",
            "    API_BASE_URL = '{base}/cgi-bin/'",
            "    def fetch_access_token(self):",
            "        return self._fetch_access_token(url='{base}/cgi-bin/token', params={",
            "            'grant_type': 'client_credential',",
            "            'appid': self.appid, 'secret': self.secret})",
        ),
        is_tried=True,
    ),
    Pointing(
        "JavaScript (page)",
        "weixin-js-sdk / jweixin 1.6.0",
        ("Open the page in the phone: its WebView brings WeixinJSBridge; nothing to change.",),
        is_tried=True,
    ),
    Pointing(
        "Node",
        "wechatpay-axios-plugin",
        ("new Wechatpay({ mchid, serial, privateKey, certs, baseURL: '{base}/' })",),
    ),
    Pointing(
        "Node",
        "node-easywechat",
        ("new Pay({ …, http: { baseURL: '{base}/' } })",),
    ),
    Pointing(
        "Java",
        "wechatpay-java (OkHttp)",
        (
            "new OkHttpClient.Builder().addInterceptor(chain -> chain.proceed(",
            "    chain.request().newBuilder().url(chain.request().url().newBuilder()",
            '        .scheme("http").host("127.0.0.1").port({port}).build()).build()))',
            "// the host is not signed, so the signature stays good",
        ),
    ),
    Pointing(
        "PHP",
        "wechatpay-php",
        ("Builder::factory([…, 'base_uri' => '{base}/']);",),
    ),
    Pointing(
        "Go",
        "wechatpay-go",
        (
            "core.NewClient(ctx, option.WithHTTPClient(&http.Client{Transport: local{}}), …)",
            "// func (local) RoundTrip(r *http.Request) (*http.Response, error) {",
            '//   r.URL.Scheme, r.URL.Host = "http", "{host}"',
            "//   return http.DefaultTransport.RoundTrip(r) }",
        ),
    ),
)


def lines_for(pointing: Pointing, base_url: str) -> list[str]:
    """Give a client's lines with the address put in."""
    host = base_url.partition("://")[2]
    values = {"{base}": base_url, "{host}": host, "{port}": host.rpartition(":")[2]}
    lines = []
    for line in pointing.lines:
        shown = line
        for name, value in values.items():
            shown = shown.replace(name, value)
        lines.append(shown)
    return lines
