"""The town's card, as a document has it: parameters, targets, bands, the frontier, a warning."""

from collections.abc import Mapping, Sequence

from jishi.town.calibration import TARGETS
from jishi.town.frontier import LastTouch, Rung
from jishi.town.parameters import PARAMETERS
from jishi.town.sensitivity import Effect
from jishi.town.traits import Traits


def parameter_rows(traits: Traits) -> str:
    """Give every number of the town, what it means, and who says so."""
    rows = [
        f"| `{name}` | {getattr(traits, name):g} | {known.meaning} | {known.source} |"
        for name, known in PARAMETERS.items()
    ]
    return "\n".join(["| number | value | meaning | source |", "|---|---|---|---|", *rows])


def target_rows(got: Mapping[str, float]) -> str:
    """Give what was aimed at, and what came."""
    rows = [
        f"| {name} | {target.low:g} to {target.high:g} | {got[name]:.4g} | {target.source} |"
        for name, target in TARGETS.items()
    ]
    return "\n".join(["| moment | target | got | source |", "|---|---|---|---|", *rows])


def band_rows(plain: Effect, bands: Mapping[str, tuple[Effect, Effect]]) -> str:
    """Give the bands, the widest first."""
    order = sorted(bands, key=lambda name: -abs(bands[name][1].year - bands[name][0].year))
    rows = [
        f"| `{name}` | {low.month:+.1%} | {high.month:+.1%} | {low.year:+.1%} | {high.year:+.1%} |"
        for name in order
        for low, high in [bands[name]]
    ]
    head = "| moved | month, 30 % less | month, 30 % more | year, 30 % less | year, 30 % more |"
    none = f"| nothing | {plain.month:+.1%} | {plain.month:+.1%} "
    return "\n".join(
        [head, "|---|---|---|---|---|", f"{none}| {plain.year:+.1%} | {plain.year:+.1%} |", *rows]
    )


def frontier_rows(rungs: Sequence[Rung]) -> str:
    """Give what each limit brings, by follower of the first day."""
    rows = [
        f"| {'none' if rung.limit is None else f'{rung.limit:g}'} | {rung.first_month:.3f} "
        f"| {rung.last_month:.3f} | {rung.year:.3f} | {rung.left:.2f} | {rung.opens:.1f} |"
        for rung in rungs
    ]
    head = "| touches a week | orders, first month | last month | year | unfollows | openings |"
    return "\n".join([head, "|---|---|---|---|---|---|", *rows])


def warning(last: LastTouch) -> str:
    """Say what the last touch claims."""
    return (
        f"Of {last.contacts:,} messages the last touch is credited with {last.credited:,} orders; "
        f"they caused {last.caused:,}: {last.times:.1f} times too much."
    )
