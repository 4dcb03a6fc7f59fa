"""Simulations: towns that lived for the market, kept apart from all that is real.

One act removes one, with everything that was said of it and every file of it.
"""

from jishi.town.simulations import rules, views
from jishi.town.simulations.end_simulation import EndSimulation, SimulationEnded
from jishi.town.simulations.remove_simulation import RemoveSimulation, SimulationRemoved
from jishi.town.simulations.running import runner
from jishi.town.simulations.start_simulation import SimulationStarted, StartSimulation
from jishi.town.simulations.types import Band, Move, Told, Tried

__all__ = [
    "Band", "EndSimulation", "Move", "RemoveSimulation", "SimulationEnded", "SimulationRemoved",
    "SimulationStarted", "StartSimulation", "Told", "Tried", "rules", "runner", "views",
]  # fmt: skip
