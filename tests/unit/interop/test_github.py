from judged import AUDIT, STRUCTURAL

from seenred.interop.github import annotate
from seenred.interop.place import Place
from seenred.interop.remark import Level, Remark, remarks


def test_each_finding_stands_at_its_file_and_line():
    line = annotate(remarks((STRUCTURAL,))).strip()
    assert (
        "::error file=src/pricing.py,title=seenred%3A structural/behaves-differently,"
        "line=7,endLine=7::a19c04e: price(0) 0 → None."
    ) == line


def test_undecided_is_a_warning_and_a_wrong_label_a_notice():
    commands = [line.split(" ")[0] for line in annotate(remarks(AUDIT)).splitlines()]
    assert ["::error", "::warning", "::warning", "::error", "::notice"] == commands


def test_no_text_can_end_its_line_or_begin_another_property():
    remark = Remark(Level.ERROR, "a/b", "50%\n::error::x\r", "t", Place("a,line=1:b.py", 3, 3))
    assert (
        "::error file=a%2Cline=1%3Ab.py,title=seenred%3A a/b,line=3,endLine=3"
        "::t: 50%25%0A::error::x%0D\n"
    ) == annotate([remark])


def test_a_finding_without_a_place_has_no_file():
    assert "::notice title=seenred%3A a/b::x: y (3f2a91b)\n" == annotate(
        [Remark(Level.NOTE, "a/b", "y", "x", None, "3f2a91b000")]
    )
