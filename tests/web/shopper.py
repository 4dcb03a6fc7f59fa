"""A shopper without a browser: finds a product, fills in the form, keeps cookies."""

import re
from html import unescape
from urllib.parse import urlencode

from tests.site import Reply, Site

FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Shopper:
    """Keeps the cookies that the site gives, as a browser does."""

    def __init__(self, site: Site, language: str = "zh-CN") -> None:
        self.site, self.language = site, language
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None, **headers: str) -> Reply:
        """Ask with the cookies so far, and keep the new ones."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"accept-language": self.language, **named}
        reply = self.site.ask(path, form=form, headers=sent, cookies=self.cookies)
        self.cookies |= reply.cookies
        return reply

    def products(self) -> list[str]:
        """Give the products' addresses on the first page."""
        found = re.findall(r'href="([^"]+)"', self.ask("/").text)
        links = [unescape(link) for link in found]
        return [link for link in links if "/products/" in link]

    def checkout(self, quantity: int = 1) -> dict[str, str]:
        """Choose a simple product and give its order form, filled in."""
        for path in self.products():
            page = self.ask(path).text
            if 'type="radio"' in page or 'id="buy"' not in page:
                continue
            shop, _, product = path.removeprefix("/shops/").partition("/products/")
            query = urlencode({"product": product, "quantity": quantity})
            shown = self.ask(f"/shops/{shop}/checkout?{query}")
            assert shown.status == 200, shown.text
            fields = {name: unescape(value) for name, value in FIELD.findall(shown.text)}
            return {**fields, "shop": shop, "remark0": ""}
        raise AssertionError("no simple product on the first page")

    def place(self, form: dict[str, str], **headers: str) -> Reply:
        """Send the order form."""
        return self.ask("/checkout", form, **headers)
