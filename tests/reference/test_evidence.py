from evaluator.reference.evidence import COURSES, TOPICS, income_evidence


def test_every_fact_has_a_source_and_both_languages():
    found = income_evidence()
    assert len({one.id for one in found}) == len(found) > 15
    for one in found:
        assert one.topic in TOPICS
        assert one.lasts in COURSES
        assert one.source
        for part in (one.place, one.finding):
            assert part["en"] and part["zh"]
            assert any("\u4e00" <= letter <= "\u9fff" for letter in part["zh"])
            assert not any("\u4e00" <= letter <= "\u9fff" for letter in part["en"])
        assert bool(one.caution["en"]) == bool(one.caution["zh"])
        assert (one.years_from is None) == (one.years_to is None)
        assert one.years_from is None or one.years_from <= one.years_to
        assert one.link == "" or one.link.startswith("https://")


def test_facts_stand_in_the_order_of_topics():
    order = [TOPICS.index(one.topic) for one in income_evidence()]
    assert order == sorted(order)


def test_numbers_agree_with_the_counts_they_come_from():
    facts = {one.id: one.finding["en"] for one in income_evidence()}
    assert f"{round(100 * 22 / 167)} %" in facts["workshops_used"]
    assert f"{round(371_600 / 29_062)} each" in facts["workshops_jobs"]
    assert f"{round(100 * 4894 / 22300)} %" in facts["lushi"]
