"""`antrean simulate`: the simulation's own command, where the others are looked for."""

from antrean.simulation.command import add_arguments, run

__all__ = ["add_arguments", "run"]
