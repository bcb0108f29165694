"""The command that checks the committee's log, as the person who runs the store meets it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from evaluator.__main__ import main
from evaluator.store.engine import open_store
from evaluator.store.log import Draft, append

NOW = datetime(2026, 1, 31, 8, tzinfo=UTC)


@pytest.fixture
def kept(tmp_path):
    """A store with three entries: its path, and a way to run SQL behind the guards."""
    path = str(tmp_path / "store.sqlite")
    store = open_store(path)
    heads = [
        append(store, "r", Draft("review", "s", number, "m"), token=str(number), now=NOW, check=lambda _: None).hash
        for number in range(3)
    ]

    def tamper(statement):
        for guard in ("update", "delete"):
            store.write(lambda c, guard=guard: c.execute(text(f"drop trigger committee_log_no_{guard}")))
        store.write(lambda c: c.execute(text(statement)))

    yield path, heads, tamper
    store.close()


def run(capsys, *words):
    code = main(["verify", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_whole_log_is_said_to_be_whole(capsys, kept, monkeypatch):
    path, heads, _ = kept
    code, out, _ = run(capsys, "--database", path)
    assert (code, heads[-1] in out, "3 entries" in out) == (0, True, True)
    monkeypatch.setenv("EVALUATOR_STORE", path)
    code, out, _ = run(capsys, "--head", heads[1].upper(), "--language", "zh")
    assert code == 0
    assert f"哈希值 {heads[1]} 在记录中" in out


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("update committee_log set actor = 'x' where seq = 2", "Entry 2 is not what was written"),
        ("delete from committee_log where seq = 2", "The numbers break at entry 3"),
    ],
)
def test_where_it_was_changed_is_said(capsys, kept, statement, said):
    kept[2](statement)
    code, out, err = run(capsys, "--database", kept[0])
    assert (code, out) == (2, "")
    assert said in err


def test_an_end_cut_off_shows_by_a_hash_noted_elsewhere(capsys, kept):
    path, heads, tamper = kept
    tamper("delete from committee_log where seq = 3")
    assert run(capsys, "--database", path)[0] == 0
    code, _, err = run(capsys, "--database", path, "--head", heads[-1])
    assert code == 2
    assert "not in the log" in err


def test_where_there_is_no_store_nothing_is_made(capsys, tmp_path):
    path = tmp_path / "none.sqlite"
    code, _, err = run(capsys, "--database", str(path))
    assert code == 2
    assert "nothing was verified" in err
    assert not path.exists()
    code, _, err = run(capsys, "--database", "nonsense://x", "--language", "zh")
    assert code == 2
    assert "存储地址" in err
