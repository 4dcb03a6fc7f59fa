"""The town's plain days as a Mesa model: an agent a person, the same equations one by one."""

import math
import random

from mesa import Agent, Model
from mesa.agent import AgentSet

from jishi.town.people import Town
from jishi.town.policy import Policy
from jishi.town.rules import BRAKE_FROM, BRAKE_FULL, BRAKE_LEAST, REST_DAYS
from jishi.town.simulation import today

COUNTED = ("contacts", "opens", "orders", "unfollows")
SLOPE = (1 - BRAKE_LEAST) / (BRAKE_FULL - BRAKE_FROM)


class Market(Model):  # type: ignore[misc] # Mesa comes without types
    """The town as Mesa has it."""

    def __init__(self, town: Town, policy: Policy) -> None:
        super().__init__(seed=town.seed)
        self.traits, self.now = town.traits, today(town, 0)
        self.counts = dict.fromkeys(COUNTED, 0)
        self.daily, self.limit = policy.touches_week / 7, policy.limit_week or 1e6
        self.forget = math.exp(-1 / town.traits.forget_days)
        self.wears = math.exp(-1 / town.traits.fast_days)
        self.chance = random.Random(town.seed).random
        people = [Person(self, town, at) for at in range(town.people)]
        self.everybody = AgentSet(people, random=self.random)


class Person(Agent):  # type: ignore[misc] # Mesa comes without types
    """Somebody of the town."""

    need: float
    habit: float
    elsewhere: float
    trust: float
    fast: float
    slow: float
    tokens: float
    reminded: float
    appetite: float
    worth: float

    def __init__(self, model: Market, town: Town, at: int) -> None:
        super().__init__(model)
        for name in Person.__annotations__:
            setattr(self, name, float(getattr(town.born, name)[at]))
        self.follows = bool(town.born.follows[at])
        self.quiet = 0

    def live(self) -> None:
        model, traits = self.model, self.model.traits
        brake = min(max(1 - (self.fast - BRAKE_FROM) * SLOPE, BRAKE_LEAST), 1.0)
        self.tokens = min(model.limit, self.tokens + brake * model.limit / 7)
        touch, buys = 0.0, False
        if self.follows:
            touch, buys = self.follow()
        elif model.chance() < traits.finding:
            self.follows = True
        if model.chance() < self.need * model.now.season:
            buys |= self.choose()
        if buys and model.chance() >= traits.paying_failure:
            model.counts["orders"] += 1
            self.learn()
        self.fast = (self.fast + traits.tiring * touch) * model.wears
        self.slow += (self.fast - self.slow) / traits.slow_days
        self.reminded = max(self.reminded * model.forget, touch)

    def follow(self) -> tuple[float, bool]:
        """Be written to, read, and perhaps go."""
        model, traits = self.model, self.model.traits
        touch, buys = 0.0, False
        if model.chance() < model.daily and self.tokens >= 1 and self.quiet <= model.now.day:
            self.tokens -= 1
            touch = 1.0
            model.counts["contacts"] += 1
            eager = traits.impulse * math.exp(-traits.tired_buying * self.fast)
            buys = model.chance() < eager * (self.trust + 0.3)
        weary = traits.tired_reading * self.fast + traits.weary_reading * self.slow
        wants = self.appetite * self.worth * model.now.news + traits.reading_touched * touch
        if model.chance() < math.exp(-weary) * wants:
            model.counts["opens"] += 1
            self.worth += traits.learning * (1 - self.worth)
        self.part(touch)
        return touch, buys

    def part(self, touch: float) -> None:
        model, traits = self.model, self.model.traits
        danger = traits.leaving + traits.leaving_touched * touch
        danger *= math.exp(traits.leaving_tired * (self.fast + traits.tiring * touch))
        lot = model.chance()
        if lot < danger:
            self.follows = False
            model.counts["unfollows"] += 1
        elif lot < danger * (1 + traits.hushing):
            self.quiet = model.now.day + REST_DAYS

    def choose(self) -> bool:
        """Say where a need is met."""
        traits = self.model.traits
        pull = traits.choose + traits.choose_habit * (self.habit - self.elsewhere)
        pull += traits.choose_trust * self.trust + traits.choose_reminded * self.reminded
        pull += traits.choose_following * self.follows
        if self.model.chance() < 1 / (1 + math.exp(-pull)):
            return True
        self.elsewhere += traits.habit_gain * (1 - self.elsewhere)
        self.habit *= 1 - traits.habit_loss
        return False

    def learn(self) -> None:
        traits = self.model.traits
        if self.model.chance() < traits.bad:
            self.trust *= 1 - traits.trust_hurt
            return
        self.habit += traits.habit_gain * (1 - self.habit)
        self.trust += traits.trust_gain * (1 - self.trust)
        self.elsewhere *= 1 - traits.habit_loss


def simulate(town: Town, policy: Policy, days: int) -> dict[str, int]:
    """Let the town live under Mesa; give what was counted."""
    market = Market(town, policy)
    for day in range(days):
        market.now = today(town, day)
        market.everybody.do("live")
    return dict(market.counts)
