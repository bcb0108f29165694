"""Files of the command line: refused early, written whole or not at all."""

import pytest

from evaluator.domain.errors import EvaluatorError
from evaluator.report.files import check_input, check_output, open_input, write_whole


def test_inputs_that_are_not_there(tmp_path):
    with pytest.raises(EvaluatorError, match="no file"):
        check_input(tmp_path / "x.csv", "en")
    with pytest.raises(EvaluatorError, match="文件夹"):
        check_input(tmp_path, "zh")


def test_a_refusal_of_the_machine_is_said_plainly(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x")

    def refuse():
        raise PermissionError(13, "Permission denied", str(path))

    with pytest.raises(EvaluatorError, match="cannot be read: Permission denied"):
        open_input(path, "en", refuse)
    assert open_input(path, "en", path.read_text) == "x"


def test_outputs_that_cannot_be(tmp_path):
    (tmp_path / "d.csv").mkdir()
    for path, word in (
        (tmp_path / "no" / "x.csv", "does not exist"),
        (tmp_path / "x.pdf", ".pdf"),
        (tmp_path / "d.csv", "folder"),
    ):
        with pytest.raises(EvaluatorError, match=word):
            check_output(path, (".csv",), "en")
    check_output(tmp_path / "X.CSV", (".csv",), "en")


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    write_whole(path, b"new", "en")
    assert path.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_a_failed_write_keeps_the_old_file(tmp_path):
    target = tmp_path / "dir.csv"
    target.mkdir()
    with pytest.raises(EvaluatorError, match="cannot be written"):
        write_whole(target, b"new", "en")
    assert [p.name for p in tmp_path.iterdir()] == ["dir.csv"]
