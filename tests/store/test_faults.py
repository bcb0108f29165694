import re
from pathlib import Path

from evaluator.language import catalogue
from evaluator.store.faults import StoreError

ROOM = Path(__file__).parents[2] / "evaluator"


def test_every_fault_has_its_sentence_in_both_languages():
    text = "".join(path.read_text("utf-8") for path in ROOM.rglob("*.py"))
    raised = set(re.findall(r'StoreError\(\s*"(\w+)"', text))
    known = {key.removeprefix("store.fault.") for key in catalogue("en") if key.startswith("store.fault.")}
    assert raised == known


def test_a_fault_says_its_values():
    fault = StoreError("expired", date="2026-01-31")
    assert "2026-01-31" in fault.message("en")
    assert "2026-01-31" in fault.message("zh")
