import pytest

from evaluator.domain.edits import with_edits
from evaluator.domain.errors import TableError
from evaluator.domain.settings import CRITERIA, Settings
from evaluator.pages.inputs import (
    SLOTS,
    Source,
    evaluate_inputs,
    read_slot,
    with_draws,
    with_file,
    without_file,
)

LIST = (
    "项目名称,项目类型,建设内容,资金金额(万元),乡镇\n云顶村土豆种植,产业,种植土豆,50,云顶镇\n"
    "云顶村养牛场,产业,养殖肉牛,80,云顶镇\n"
)


def test_the_sample_county_fills_every_slot(sample):
    assert sample.sample
    assert set(sample.sources) == set(SLOTS)
    assert len(sample.projects)


def test_a_new_list_leaves_the_sample_behind(sample):
    mine = with_file(sample, "projects", Source.of("mine.csv", LIST.encode()))
    assert (len(mine.projects), mine.register, mine.sample) == (2, None, False)


def test_a_side_table_stays_beside_a_new_list(sample):
    mine = with_file(sample, "projects", Source.of("mine.csv", LIST.encode()))
    both = with_file(mine, "register", sample.sources["register"])
    assert both.projects is mine.projects
    assert len(both.register) == len(sample.register)
    assert without_file(both, "register").register is None


def test_a_file_that_cannot_be_used_is_refused(sample):
    with pytest.raises(TableError):
        with_file(sample, "projects", Source.of("empty.csv", b""))


def test_a_heading_can_be_read_as_another_field():
    source = Source.of(
        "mine.csv",
        LIST.encode(),
    )
    remapped = Source(source.name, source.digest, source.data, {"乡镇": "village"})
    assert read_slot("projects", remapped).frame["village"].notna().all()


def test_equal_files_have_equal_keys_and_a_mapping_changes_them(sample):
    source = Source.of("mine.csv", LIST.encode())
    mapped = Source(source.name, source.digest, source.data, {"乡镇": "village"})
    one, two, three = (with_file(sample, "projects", s) for s in (source, Source.of("mine.csv", LIST.encode()), mapped))
    assert one.key == two.key != three.key


def test_facts_changed_by_hand_reach_the_list_and_pass_over_what_it_does_not_hold(sample):
    key = str(sample.projects.frame.index[0])
    edited = with_edits(sample.projects, {key: {"benefit_years": 7}, "of another list": {"benefit_years": 1}})
    assert edited.frame.at[key, "benefit_years"] == 7
    assert [(edit.project_id, edit.after) for edit in edited.edits] == [(key, 7)]
    assert with_edits(sample.projects, {key: {}}) is sample.projects


@pytest.mark.slow
def test_the_same_inputs_give_the_same_fingerprint(sample, evaluation):
    assert evaluate_inputs(sample, Settings()).fingerprint == evaluation.fingerprint


def test_kept_results_hold_only_the_draws_a_range_is_read_from(evaluation):
    """Ten thousand draws a project would fill the memory of a small host."""
    settings = evaluation.settings.score
    assert all(score.draws.nbytes == 0 for score in evaluation.scorecard.criteria.values())
    assert evaluation.scorecard.readings.nbytes == 4 * 2 * len(evaluation.scored) * settings.range_draws
    assert evaluation.scorecard.draws > settings.range_draws
    assert evaluation.questions.scorecard is evaluation.scorecard


@pytest.mark.slow
def test_a_kept_result_at_other_weights_is_what_evaluating_anew_gives(sample, evaluation):
    weights = dict(zip(CRITERIA, (0.4, 0.3, 0.2, 0.1), strict=True))
    moved = evaluation.reweigh(weights)
    anew = evaluate_inputs(sample, Settings().with_values({f"weights.{key}": w for key, w in weights.items()}))
    assert moved.fingerprint == anew.fingerprint
    for key in ("total", "low", "high", "rank", "rank_low", "p_top"):
        assert getattr(moved.scorecard, key).tolist() == getattr(anew.scorecard, key).tolist()


def test_drawn_scores_come_back_as_they_were(sample, evaluation):
    """What pairs are judged by is worked out again to the last bit: the kept totals are its means of all draws."""
    drawn = with_draws(evaluation)
    kept = evaluation.scorecard.criteria["demand"]
    assert drawn.scorecard.criteria["demand"].draws.shape == (len(evaluation.scored), evaluation.scorecard.draws)
    assert drawn.scorecard.criteria["demand"].score.tolist() == kept.score.tolist()
    assert drawn.scorecard.total.tolist() == evaluation.scorecard.total.tolist()
