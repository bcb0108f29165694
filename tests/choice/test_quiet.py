"""The solver prints nothing, and time ends."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from evaluator.choice.chosen import choose_projects
from evaluator.choice.core import measure_core
from evaluator.choice.frontier import trace_frontier
from evaluator.choice.quiet import Deadline, keep_quiet
from tests.choice.made import pose

ROOT = Path(__file__).parents[2]


def test_what_c_code_prints_is_not_seen(capfd):
    with keep_quiet():
        os.write(1, b"from C")
    os.write(1, b"after")
    assert capfd.readouterr().out == "after"


def test_a_deadline_passes():
    assert Deadline(0).passed and Deadline(0).left == 0
    assert not Deadline(60).passed


@pytest.mark.slow
def test_nothing_of_the_solver_is_printed(capfd):
    problem = pose(rules='[[limit]]\nof = "chosen"\nwhere = {product = "pig"}\nat_most = 0.3\n')
    choice = choose_projects(problem)
    measure_core(problem)
    trace_frontier(problem, choice, measure="risk")
    choose_projects(pose(rules="[[limit]]\nat_least = 9000000\n"))
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_nothing_of_the_solver_reaches_a_pipe():
    """C's own buffers are emptied when a process ends: a pipe shows what a terminal would not."""
    script = (
        "from tests.choice.made import pose\n"
        "from evaluator.choice.chosen import choose_projects\n"
        "for seed in range(1, 4):\n"
        "    choose_projects(pose(2e6, seed=seed, count=30))\n"
        "print('ours')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "ours\n"


def test_threads_share_one_redirection(capfd):
    with ThreadPoolExecutor(4) as pool:
        values = {choice.value for choice in pool.map(lambda _: choose_projects(pose()), range(8))}
    os.write(1, b"after")
    assert len(values) == 1 and capfd.readouterr().out == "after"
