import gc

from evaluator.pages import memory


def test_libraries_are_frozen_in_the_first_runs_of_a_process_only(monkeypatch):
    asked = []
    monkeypatch.setattr(gc, "freeze", lambda: asked.append(1))
    monkeypatch.setattr(memory, "_RUNS", iter(range(9)))
    for _ in range(5):
        memory.freeze_libraries()
    assert len(asked) == memory.FREEZES


def test_another_c_library_needs_nothing_given_back(monkeypatch):
    asked = []

    def without(name):
        asked.append(name)
        raise OSError(name)

    monkeypatch.setattr(memory.ctypes, "CDLL", without)
    memory.give_back()
    assert len(asked) == 1
