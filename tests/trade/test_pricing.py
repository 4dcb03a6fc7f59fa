"""The price: never negative, sums exact, each share fair; freight as the template says."""

from hypothesis import given
from hypothesis import strategies as st

from jishi.trade.freight_rules import Freight, Zone, freight_of, missing_for_free, zone_of
from jishi.trade.pricing import Entry, Item, Quote, Reduction, price, shares
from jishi.trade.types import Destination
from tests.trade.freights import flat, unserved
from tests.trade.orders import HOME

STORE = Destination("pickup", store_id=1)

items = st.lists(
    st.builds(
        Item, sku_id=st.integers(1, 9), quantity=st.integers(1, 999),
        price_fen=st.integers(0, 10**8), weight_grams=st.integers(0, 10**6),
    ),
    min_size=1, max_size=8,
)  # fmt: skip
reductions = st.lists(
    st.builds(
        Reduction, name=st.just("sale"), fen=st.integers(-5, 10**9),
        sku_ids=st.frozensets(st.integers(1, 9), max_size=3),
    ),
    max_size=4,
)  # fmt: skip
zones = st.builds(
    Zone,
    divisions=st.just([]),
    is_served=st.just(value=True),
    first=st.integers(1, 5_000),
    first_fen=st.integers(0, 10**6),
    more=st.integers(1, 5_000),
    more_fen=st.integers(0, 10**6),
    free_from_fen=st.integers(0, 10**8),
)
freights = st.none() | st.builds(
    Freight, charged_by=st.sampled_from(["piece", "weight"]), zones=zones.map(lambda one: [one])
)


def quoted(
    wanted: list[Item], less: list[Reduction], freight: Freight | None, to: Destination = HOME
) -> Quote:
    """Give a price that there is."""
    quote = price(wanted, less, freight, to)
    assert quote is not None
    return quote


@given(items, reductions, freights)
def test_nothing_is_negative_and_every_sum_is_exact(
    wanted: list[Item], less: list[Reduction], freight: Freight | None
) -> None:
    quote = quoted(wanted, less, freight)
    assert quote.goods_fen == sum(item.quantity * item.price_fen for item in wanted)
    assert 0 <= quote.discount_fen <= quote.goods_fen
    assert quote.freight_fen >= 0
    assert quote.total_fen == quote.goods_fen - quote.discount_fen + quote.freight_fen
    assert sum(quote.paid_fen) + quote.freight_fen == quote.total_fen
    for item, paid_fen in zip(wanted, quote.paid_fen, strict=True):
        assert 0 <= paid_fen <= item.quantity * item.price_fen


@given(items, reductions, freights)
def test_the_explanation_adds_up_to_the_total(
    wanted: list[Item], less: list[Reduction], freight: Freight | None
) -> None:
    quote = quoted(wanted, less, freight)
    assert sum(entry.fen for entry in quote.entries) == quote.total_fen
    kinds = [entry.kind for entry in quote.entries]
    assert kinds == ["goods"] * len(wanted) + ["offer"] * len(less) + ["freight"]


@given(items, freights, st.integers(0, 7), st.integers(1, 9))
def test_more_of_something_never_costs_less_goods_nor_less_freight_below_the_free_amount(
    wanted: list[Item], freight: Freight | None, which: int, more: int
) -> None:
    at = which % len(wanted)
    one = wanted[at]
    larger = list(wanted)
    larger[at] = Item(one.sku_id, one.quantity + more, one.price_fen, one.weight_grams)
    before, after = quoted(wanted, [], freight), quoted(larger, [], freight)
    assert after.goods_fen >= before.goods_fen
    free_from = freight.zones[0].free_from_fen if freight else 0
    if not 0 < free_from <= after.goods_fen:
        assert after.freight_fen >= before.freight_fen
        assert after.total_fen >= before.total_fen
    else:
        assert after.freight_fen == 0


@given(items, st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_larger_reduction_never_raises_what_the_goods_cost(
    wanted: list[Item], less: int, more: int
) -> None:
    small = quoted(wanted, [Reduction("sale", less)], None)
    large = quoted(wanted, [Reduction("sale", less + more)], None)
    assert large.total_fen <= small.total_fen


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20), st.integers(0, 10**12))
def test_shares_add_up_and_are_within_one_of_the_exact_ones(weights: list[int], total: int) -> None:
    whole = sum(weights)
    total = min(total, whole)
    given_out = shares(total, weights)
    assert sum(given_out) == total
    for share, weight in zip(given_out, weights, strict=True):
        assert 0 <= share <= weight
        if whole:
            assert abs(share * whole - total * weight) < whole


def test_rounding_each_share_alone_would_not_add_up() -> None:
    """The negative control: what shares() is there for."""
    weights, total = [1, 1, 1], 1
    assert sum(round(total * weight / 3) for weight in weights) != total
    assert shares(total, weights) == [1, 0, 0]


def test_a_reduction_takes_from_what_it_names_and_never_more_than_that_costs() -> None:
    wanted = [Item(1, 1, 300), Item(2, 2, 100), Item(3, 1, 500)]
    quote = quoted(wanted, [Reduction("sale", 900, frozenset({1, 2}))], None)
    assert quote.paid_fen == [0, 0, 500]
    assert quote.entries == [
        Entry("goods", "", 300, 1), Entry("goods", "", 200, 2), Entry("goods", "", 500, 3),
        Entry("offer", "sale", -500), Entry("freight", "always_free", 0),
    ]  # fmt: skip


def test_the_longest_prefix_says_which_zone_it_is() -> None:
    rest, guangdong, nanshan = flat(1000), flat(500, divisions=("44",)), unserved("440305")
    freight = Freight("piece", [rest, nanshan, guangdong])
    assert zone_of(freight, "440305") is nanshan
    assert zone_of(freight, "440304") is guangdong
    assert zone_of(freight, "110101") is rest
    assert zone_of(Freight("piece", [guangdong]), "110101") is None
    assert price([Item(1, 1, 100)], [], freight, HOME) is None
    assert quoted([Item(1, 1, 100)], [], freight, STORE).freight_fen == 0


def test_a_begun_step_counts_whole_by_piece_and_by_weight() -> None:
    by = Zone([], is_served=True, first=1000, first_fen=800, more=500, more_fen=300,
              free_from_fen=0)  # fmt: skip

    def weighed(grams: int) -> int:
        charge = freight_of(Freight("weight", [by]), HOME, pieces=1, grams=grams, goods_fen=1)
        assert charge is not None
        return charge.fen

    assert [weighed(grams) for grams in (0, 1000, 1001, 1500, 1501)] == [800, 800, 1100, 1100, 1400]


def test_free_delivery_begins_at_its_amount_and_is_judged_after_reductions() -> None:
    freight = Freight("piece", [flat(800, 10_000)])
    assert quoted([Item(1, 1, 9_999)], [], freight).freight_fen == 800
    assert quoted([Item(1, 1, 10_000)], [], freight).freight_fen == 0
    less = [Reduction("sale", 1)]
    assert quoted([Item(1, 1, 10_000)], less, freight).freight_fen == 800


def test_what_is_missing_for_free_delivery_is_told_only_where_it_is_charged() -> None:
    freight = Freight("piece", [flat(800, 10_000), flat(0, 5_000, ("31",)), unserved("65")])
    assert missing_for_free(freight, "440305", 8_800) == 1_200
    assert missing_for_free(freight, "", 8_800) == 1_200
    assert missing_for_free(freight, "440305", 10_000) == 0
    assert missing_for_free(freight, "310101", 1) == 0
    assert missing_for_free(freight, "650102", 1) == 0
    assert missing_for_free(None, "440305", 1) == 0
    assert missing_for_free(Freight("piece", [flat(800)]), "440305", 1) == 0
