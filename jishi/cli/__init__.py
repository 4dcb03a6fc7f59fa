"""The command line: `jishi up` and what an operator needs. Each command is a file."""

from cyclopts import App

app = App(
    name="jishi",
    help="Jishi 集市: an open social-commerce market for WeChat.",
    version_flags=["--version"],
)
for name in ("up", "serve", "migrate", "verify", "doctor", "backup", "restore", "init"):
    app.command(f"jishi.cli.{name}:{name}", name=name)
app.command("jishi.cli.api_key:app", name="api-key")
app.command("jishi.cli.empty_searches:empty_searches", name="empty-searches")
app.command("jishi.cli.export_catalogue:export", name="export")
app.command("jishi.cli.freight:freight", name="freight")
app.command("jishi.cli.import_catalogue:import_", name="import")
app.command("jishi.cli.lake:lake", name="lake")
app.command("jishi.cli.reconcile:reconcile", name="reconcile")
app.command("jishi.cli.release_brake:release_brake_", name="release-brake")
app.command("jishi.cli.secret:secret", name="secret")
app.command("jishi.cli.shop:shop", name="shop")
app.command("jishi.cli.staff:staff", name="staff")
app.command("jishi.cli.statement:statement", name="statement")
app.command("jishi.cli.todos:todos", name="todos")
app.command("jishi.cli.rehearse:rehearse", name="rehearse")
app.command("jishi.cli.town:town", name="town")
app.command("jishi.cli.verdicts:verdicts", name="verdicts")
app.command("jishi.cli.wechat_sandbox:wechat_sandbox", name="wechat-sandbox")


def main() -> None:
    """Run the command that the arguments name."""
    app()
