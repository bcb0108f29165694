"""Numbered lines of prose."""

from evaluator.intake.cells import Sheet
from evaluator.intake.prose import read_prose_lines


def sheet(*lines):
    return Sheet("s", tuple((line,) for line in lines))


def test_lines_with_groups_above():
    listing = read_prose_lines(
        sheet(
            "青禾县2031年公示",
            "一、产业发展类",
            "1.冷棚基地项目，投资850万元。",
            "2.大棚基地项目，投资742万元，新建大棚20栋。",
            "二、建设类",
            "(3)道路项目，投资1,600万元。",
        )
    )
    assert listing.cells[0].tolist() == ["冷棚基地项目", "大棚基地项目", "道路项目"]
    assert listing.cells[2].tolist() == ["投资850万元", "投资742万元", "投资1,600万元"]
    assert listing.sections == ("产业发展类", "产业发展类", "建设类")


def test_other_texts_are_no_list():
    assert (
        read_prose_lines(sheet("1.请各单位认真填报,按时报送。", "2.联系单位:办公室。", "3.附件另发,请查收。")) is None
    )
    assert read_prose_lines(sheet("1.只有一行项目,投资10万元。")) is None
