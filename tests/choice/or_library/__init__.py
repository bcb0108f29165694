"""Published test problems with known optima."""

from pathlib import Path

import numpy as np


def read_mknap1():
    """The problems of ``mknap1.txt``: (optimum, value (n,), weights (m, n), capacities (m,)) each."""
    numbers = iter(Path(__file__).with_name("mknap1.txt").read_text("utf-8").split())

    def take(count):
        return np.array([float(next(numbers)) for _ in range(count)])

    problems = []
    for _ in range(int(next(numbers))):
        n, m, optimum = int(next(numbers)), int(next(numbers)), float(next(numbers))
        problems.append((optimum, take(n), take(n * m).reshape(m, n), take(m)))
    return problems
