"""The face of the words: everything it promises is there and is said in both languages."""

from evaluator.report import wording


def test_everything_promised_is_there():
    missing = [name for name in wording.__all__ if not hasattr(wording, name)]
    assert not missing
    assert len(set(wording.__all__)) == len(wording.__all__)
