"""The words of the information flow: three tables, their columns, and every type of event.

The market, the pages' beacon and the town write them; the gauges read nothing else. What is not
known is 0 or "", never null. A change of meaning is a new version.
"""

from msgspec import Struct

VERSION = 1


class Column(Struct, frozen=True):
    """A column: its name, its kind in the lake (as ibis writes types), what it holds."""

    name: str
    kind: str
    holds: str


class Kind(Struct, frozen=True):
    """A type of event: what happened, to what (object), and what stands in its other columns."""

    type: str
    object: str
    happened: str
    also: str = ""


EVENTS = (
    Column("event_id", "int64", "The event's number; the same event never comes twice."),
    Column("at", "timestamp('UTC', 6)", "When it happened, UTC."),
    Column("day", "int32", "The day in Shanghai, counted from 1970-01-01."),
    Column("shop_id", "int64", "The shop's book; 1 is the market itself."),
    Column("person_id", "int64", "Whose doing it was: a person's id or a guest's; 0 nobody."),
    Column("actor_id", "int64", "Who else had a part: the sharer of a link; 0 nobody."),
    Column("session_id", "int64", "The visit: a number of the browser's, new after half an hour."),
    Column("type", "string", "What happened: one of the types below."),
    Column("object_type", "string", "What it happened to: product, order, article, share …"),
    Column("object_id", "int64", "Which one."),
    Column("amount_fen", "int64", "Money of it, in fen."),
    Column("quantity", "int64", "A count that belongs to it: results found, pieces."),
    Column("value", "float64", "A measure that belongs to it: seconds, per cent."),
    Column("entry", "string", "Through which door the visit came: one of the entries below."),
    Column("source", "string", "What won the follower: the poster, the offer, the friend."),
    Column("touch_id", "int64", "The contact that prompted it, or the share it was made after."),
    Column("share_id", "int64", "The share it came through."),
    Column("depth", "int32", "How many hands the share went through; 1 is a friend's own."),
    Column("props", "string", "What else is worth keeping, as JSON; no gauge reads it."),
    Column("is_simulated", "boolean", "Of a town; such data never judge a market."),
)
EXPOSURES = (
    Column("exposure_id", "int64", "The exposure's number."),
    Column("at", "timestamp('UTC', 6)", "When it began, UTC."),
    Column("day", "int32", "The day in Shanghai, counted from 1970-01-01."),
    Column("experiment", "string", "Which experiment: one of those below."),
    Column("arm", "string", "Into which arm the unit's number fell."),
    Column("unit_type", "string", "What was assigned: person, community, merchant, store_day."),
    Column("unit_id", "int64", "Which one."),
    Column("propensity", "float64", "With what probability it fell there."),
    Column("policy", "string", "Which version of the policy decided."),
    Column("is_counterfactual", "boolean", "Decided, written, and withheld: a holdout's ghost."),
    Column("reason", "string", "Which moment of the experiment: start, withdrawn, same."),
    Column("is_simulated", "boolean", "Of a town; such data never judge a market."),
)
CONTACTS = (
    Column("contact_id", "int64", "The contact's number."),
    Column("at", "timestamp('UTC', 6)", "When it was decided, UTC."),
    Column("day", "int32", "The day in Shanghai, counted from 1970-01-01."),
    Column("person_id", "int64", "Who was to be contacted."),
    Column("channel", "string", "How: template, message, article, popup, moments."),
    Column("kind", "string", "What for: promotion, content, transactional."),
    Column("cost", "int32", "Quarter-touches it costs; a transactional one costs none."),
    Column("balance", "int32", "Quarter-touches the person had left before."),
    Column("decision", "string", "send, deny, or ghost (withheld in a holdout)."),
    Column("reason", "string", "Why not, where it was not sent."),
    Column("exposure_id", "int64", "The exposure it belongs to; 0 none."),
    Column("is_simulated", "boolean", "Of a town; such data never judge a market."),
)
TABLES = {"events": EVENTS, "exposures": EXPOSURES, "contacts": CONTACTS}

UNPROMPTED = ("direct", "menu", "search", "favourite", "order_history")
PROMPTED = (
    "msg", "article", "share_friend", "share_moments", "group", "poster_qr", "ad", "store_qr",
)  # fmt: skip
ENTRIES = UNPROMPTED + PROMPTED

TYPES = (
    Kind("follow", "account", "Somebody followed the account.", "source; amount: what it cost"),
    Kind("unfollow", "account", "Somebody unfollowed it."),
    Kind("consent", "consent", "Somebody agreed to something."),
    Kind("reject", "contact", "Somebody refused a kind of message."),
    Kind("complaint", "contact", "Somebody complained."),
    Kind("mute_request", "contact", "Somebody asked for quiet."),
    Kind("article.publish", "article", "An article came out.", "quantity: product cards in it"),
    Kind("article.open", "article", "Somebody opened an article."),
    Kind("article.progress", "article", "Somebody read so far.", "value: 25, 50, 75 or 100"),
    Kind("article.share", "article", "Somebody passed an article on."),
    Kind("article.favourite", "article", "Somebody kept an article."),
    Kind("card.view", "product", "A product card in an article was seen."),
    Kind("card.click", "product", "It was tapped."),
    Kind("share.create", "share", "Somebody shared.", "touch: the share it was made after"),
    Kind("share.open", "share", "Somebody opened a share.", "actor: the sharer; depth"),
    Kind("share.decline", "share", "Somebody wants no more from this friend.", "actor"),
    Kind("friend.block", "person", "Somebody blocked a friend.", "actor: the friend"),
    Kind("provenance.view", "product", "Somebody looked where a piece came from."),
    Kind("review.post", "order", "A buyer reviewed.", "value: 1 to 5 stars"),
    Kind("search.query", "search", "Somebody searched.", "quantity: what was found"),
    Kind("search.click", "product", "Somebody took a result.", "quantity: its place"),
    Kind("rec.view", "product", "Something was recommended."),
    Kind("rec.click", "product", "It was tapped."),
    Kind("page.view", "page", "Somebody saw a page that is none of the others."),
    Kind("product.view", "product", "Somebody saw a product."),
    Kind("cart.add", "product", "Somebody put it in the cart.", "quantity: pieces"),
    Kind("order.place", "order", "An order was placed.", "amount; share, actor, depth; entry"),
    Kind("pay.start", "order", "Somebody set out to pay.", "amount"),
    Kind("order.pay", "order", "An order was paid.", "amount; share, actor, depth; entry"),
    Kind("order.cancel", "order", "An order was cancelled, or its time to pay ran out."),
    Kind("order.refund", "order", "Money went back.", "amount"),
    Kind("order.dispute", "order", "A buyer wants something put right."),
    Kind("order.complete", "order", "An order is over and done."),
    Kind("shipment.ship", "order", "A parcel went out."),
    Kind("shipment.receive", "order", "The buyer has it, or confirmed so."),
    Kind("pickup.verify", "order", "Goods were handed over in a store.", "value: seconds it took"),
    Kind("voucher.verify", "order", "A voucher was checked.", "value: seconds it took"),
    Kind("reorder.prompt", "product", "Somebody was reminded to buy again."),
    Kind("subscription.start", "product", "A standing order began."),
    Kind("subscription.renew", "product", "A standing order was sent again."),
    Kind("subscription.cancel", "product", "A standing order ended."),
    Kind("settle.due", "order", "A shop's money of an order fell due.", "amount"),
    Kind("settle.paid", "order", "It was settled.", "amount"),
    Kind("recon.break", "difference", "Our books and WeChat's differ.", "amount"),
    Kind("recon.clear", "difference", "That difference is explained."),
    Kind("rule.violation", "case", "A rule was broken."),
    Kind("rule.decision", "case", "It was decided."),
    Kind("appeal.open", "case", "The decision is disputed."),
    Kind("appeal.decide", "case", "The dispute is decided.", "value: 1 overturned"),
    Kind("lesson.offer", "lesson", "A lesson was offered to a merchant."),
    Kind("lesson.start", "lesson", "He began it."),
    Kind("lesson.done", "lesson", "He passed it."),
    Kind("page.perf", "page", "How fast a page came.", "value: seconds to its largest part"),
    Kind("pulse.answer", "pulse", "Somebody answered one question.", "value: the answer"),
)


class Experiment(Struct, frozen=True):
    """An experiment: whom it assigns, into which arms, at which moments exposures are written."""

    name: str
    unit: str
    arms: tuple[str, ...]
    moments: tuple[str, ...]
    asks: str


EXPERIMENTS = (
    Experiment(
        "prompts", "person", ("prompted", "quiet"), ("start", "withdrawn"),
        "What is left of a lift when the reminders stop?",
    ),
    Experiment(
        "cards", "person", ("cards", "plain"), ("start", "same"),
        "What do product cards cost an article? From `same` on, all read the same, without cards.",
    ),
    Experiment(
        "depth", "person", ("deep", "none"), ("start",),
        "Are the followers a discount brings worth it? Assigned where the poster is scanned.",
    ),
    Experiment(
        "named", "person", ("named", "unnamed"), ("start",),
        "Does a friend's name on the page sell?",
    ),
    Experiment(
        "told", "person", ("told", "private"), ("start",),
        "Does a friend who is told of the purchase become a stranger?",
    ),
    Experiment(
        "ladder", "person", ("1", "2", "3", "5", "none"), ("start",),
        "What does each further contact a week cost? The arm is the limit.",
    ),
    Experiment(
        "recommender", "person", ("recommended", "popular"), ("start",),
        "Does a recommendation sell more than what is popular?",
    ),
    Experiment(
        "holdout", "person", ("all", "low", "none"), ("start",),
        "One in twenty without promotion, one in twenty with little, the rest as all.",
    ),
)  # fmt: skip
