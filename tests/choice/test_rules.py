"""Rules know what they ask of a field and which projects they need."""

from evaluator.choice.rules import Condition, Dependency, Rules


def test_a_condition_on_words_is_none_on_numbers():
    assert Condition("score", low=3.0).of_numbers
    assert not Condition("product", values=("potato",)).of_numbers


def test_what_another_project_depends_on_is_needed():
    assert Rules(depends=(Dependency("road first", project="P2", needs=("P1",)),)).needed == {"P1"}
