"""Rivals: the look-alike network of a county, its clusters, and what moving one project would change."""

from evaluator.network.graph import Cluster, Network, arrange, default_county, make_network
from evaluator.network.moves import Move, MoveEffect, what_if_moved

__all__ = ["Cluster", "Move", "MoveEffect", "Network", "arrange", "default_county", "make_network", "what_if_moved"]
