"""How the funds of a list are spread: shares, concentration, evenness, policy tests, marginal effects, comparison."""

from evaluator.balance.comparison import Comparison, compare_balances, measure_marginal
from evaluator.balance.ledger import DIMENSIONS, HORIZONS
from evaluator.balance.measures import MEASURES
from evaluator.balance.policies import PolicyTest
from evaluator.balance.spread import Balance, measure_balance
from evaluator.balance.townships import Townships

__all__ = [
    "DIMENSIONS",
    "HORIZONS",
    "MEASURES",
    "Balance",
    "Comparison",
    "PolicyTest",
    "Townships",
    "compare_balances",
    "measure_balance",
    "measure_marginal",
]
