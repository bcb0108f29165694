"""The solver prints nothing, and time ends."""

import os

from evaluator.choice.quiet import Deadline, keep_quiet


def test_what_c_code_prints_is_not_seen(capfd):
    with keep_quiet():
        os.write(1, b"from C")
    os.write(1, b"after")
    assert capfd.readouterr().out == "after"


def test_a_deadline_passes():
    assert Deadline(0).passed and Deadline(0).left == 0
    assert not Deadline(60).passed
