import pytest

from evaluator.domain.errors import EvaluatorError
from evaluator.pages import basis
from evaluator.store.faults import StoreError


@pytest.fixture
def stored(tmp_path, monkeypatch):
    monkeypatch.setenv("EVALUATOR_STORE", str(tmp_path / "new" / "store.sqlite"))
    return tmp_path / "new" / "store.sqlite"


def test_nothing_is_written_before_something_is_kept(stored):
    with pytest.raises(StoreError, match="no snapshot under this link"):
        basis.open_kept("x" * 22 + ".0123456789")
    assert not stored.exists()


def test_what_is_kept_opens_and_is_withdrawn(stored, case):
    kept = basis.keep_case(case, title="x", days=3)
    opened = basis.open_kept(kept.id)
    assert (opened.id, opened.case.fingerprint, opened.inputs.origin) == (kept.id, case.fingerprint, "snapshot")
    assert basis.open_kept(kept.id) is opened
    basis.withdraw(kept.id, kept.code)
    with pytest.raises(StoreError, match="withdrawn"):
        basis.open_kept(kept.id)


def test_a_store_that_is_off_says_so(monkeypatch, case):
    monkeypatch.setenv("EVALUATOR_STORE", "off")
    assert not basis.keeps_views()
    with pytest.raises(StoreError, match="keeps no snapshots"):
        basis.keep_case(case, title="", days=None)


def test_a_store_that_does_not_answer_is_an_error_people_can_read(tmp_path, monkeypatch, case):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EVALUATOR_STORE", str(tmp_path / "file" / "store.sqlite"))
    with pytest.raises(EvaluatorError, match="does not answer"):
        basis.keep_case(case, title="", days=None)


def test_the_base_is_read_once_while_its_files_stay_as_they_are(tmp_path, monkeypatch, published_list):
    path = tmp_path / "list.csv"
    path.write_text(published_list, encoding="utf-8")
    monkeypatch.setenv("EVALUATOR_PROJECTS", str(path))
    first = basis.base()
    assert basis.base() is first
    assert first.inputs.origin == "host"
    path.write_text(published_list + "云顶村养鸡场,产业,养鸡,10,云顶镇\n", encoding="utf-8")
    assert len(basis.base().inputs.projects) == 3
    assert basis.base().faults == ()
