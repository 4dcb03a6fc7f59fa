"""`jishi wechat-sandbox`: a WeChat to test against, alone, with a database of its own."""

import asyncio
import sys
import time
import webbrowser
from contextlib import ExitStack
from pathlib import Path
from urllib.request import urlopen

from msgspec import Struct
from msgspec.json import decode
from rich.panel import Panel

from jishi.cli.children import Address, CannotOpen, Database, Server, sandbox
from jishi.cli.up import LOOK_EVERY_SECONDS, Wish, console, port_trouble, start_database
from jishi.kernel import MigrationRefused, migrate
from jishi.kernel.postgres import CANNOT_RUN, Busy
from jishi.sandbox.cast import Account, Merchant
from jishi.sandbox.pointing import POINTINGS, lines_for

HOME = Path("jishi-wechat")
ASK_SECONDS_MAX = 10


class Shown(Struct):
    """What the sandbox says of itself."""

    accounts: list[Account]
    merchants: list[Merchant]
    public_key_id: str
    public_key_pem: str
    certificates: list[str]


def wechat_sandbox(
    *,
    home: Path = HOME,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
) -> None:
    """Run a WeChat to test against, and print all that a client needs, until you stop it.

    It speaks the official account's and Pay v3's protocol as WeChat does, with real signatures.
    Its phone is the page at its address. Its secrets open nothing but itself.

    Parameters
    ----------
    home
        The data folder: its database, and the keys as files.
    host
        The address to listen on; another one than this machine's own opens it to your network.
    port
        The port to listen on.
    open_browser
        Show the phone in a browser when it is ready.
    """
    address = Address(host, port)
    if trouble := port_trouble(address):
        console.print(trouble)
        sys.exit(1)
    wish = Wish()
    try:
        with ExitStack() as opened:
            database, urls = start_database(opened, home.resolve())
            asyncio.run(migrate(urls.owner))
            role = sandbox(address, is_needed=True)
            server = Server(role, address, urls.login, home.resolve(), console.print)
            opened.callback(server.stop)
            server.start()
            watch(server, database, wish, shown=open_browser)
    except KeyboardInterrupt:
        console.print("Stopped.")
        sys.exit(0)
    except (Busy, MigrationRefused, CannotOpen, *CANNOT_RUN) as error:
        console.print(f"[red]{error}[/]")
        sys.exit(1)


def watch(server: Server, database: Database | None, wish: Wish, *, shown: bool) -> None:
    """Look after both for ever; say once how to use it."""
    while True:
        wish.check()
        if database is not None:
            database.look()
        server.look()
        if not server.has_answered and server.answers():
            say_how(server)
            if shown:
                webbrowser.open(server.address.url())
        time.sleep(LOOK_EVERY_SECONDS)


def say_how(server: Server) -> None:
    """Print ids and secrets, write the keys down, and show how clients are pointed here."""
    base = server.address.url()
    with urlopen(f"{base}/sandbox/credentials", timeout=ASK_SECONDS_MAX) as answer:  # noqa: S310 - our own address
        known = decode(answer.read(), type=Shown)
    keys = server.home / "keys"
    write_keys(keys, known)
    lines = [f"The phone:       [bold]{base}[/]", f"Keys:            {keys}", ""]
    for account in known.accounts:
        lines.append(f"appid            [bold]{account.appid}[/]  {account.name} ({account.kind})")
        lines.append(f"  secret         {account.secret}")
        lines.append(f"  token          {account.token}")
        lines.append(f"  AES key        {account.aes_key}")
    for merchant in known.merchants:
        mode = merchant.signing_mode
        lines.append(f"mchid            [bold]{merchant.mchid}[/]  {merchant.name} ({mode})")
        lines.append(f"  APIv3 key      {merchant.apiv3_key}")
        lines.append(f"  serial         {merchant.serial}")
    lines.append(f"public key id    {known.public_key_id}")
    console.print(Panel("\n".join(lines), title="A WeChat that runs here", subtitle="Ctrl-C"))
    for pointing in POINTINGS:
        console.print(f"[bold]{pointing.language}: {pointing.client}[/]")
        for line in lines_for(pointing, base):
            console.print(f"    {line}", markup=False, soft_wrap=True)


def write_keys(folder: Path, known: Shown) -> None:
    """Write the keys as the files that clients want; only their owner may read them."""
    folder.mkdir(mode=0o700, exist_ok=True)
    files = {"wechatpay_public_key.pem": known.public_key_pem}
    for number, certificate in enumerate(known.certificates, start=1):
        files[f"wechatpay_certificate_{number}.pem"] = certificate
    for merchant in known.merchants:
        files[f"{merchant.mchid}_key.pem"] = merchant.private_pem
        files[f"{merchant.mchid}_cert.pem"] = merchant.certificate_pem
    for name, text in files.items():
        path = folder / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")
