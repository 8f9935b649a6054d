from collections.abc import Callable
from pathlib import Path

import pytest

from calibration.ledger import FIGURES_FILE, SOURCES_FILE, load_ledger
from sim.errors import InputError

SOURCES = """key,citation_en,citation_zh,kind,recognised_by
survey,A survey,一项调查,document,某县|某縣
arithmetic,Arithmetic,计算,derived,
"""
FIGURES = (
    "id,place,quantity_en,quantity_zh,value,bound,unit,period,definition,source,locator,how_sure,derived_from,notes\n"
    "found,a,disputes,纠纷,200,exact,disputes,2020,found,survey,200 @ here,B,,\n"
    "settled,a,settled,化解,150,at_least,disputes,2020,recorded,survey,150 @ here,B,,\n"
    "share,a,share,占比,0.75,exact,share,2020,recorded,arithmetic,,D,settled;found,150 / 200.\n"
    "rule,a,meeting days,议事日,every 7th,exact,text,2020,frequency,survey,逢7 @ here,B,,in words\n"
)

LedgerWriter = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> LedgerWriter:
    def write_ledger(figures: str, sources: str) -> Path:
        (tmp_path / FIGURES_FILE).write_text(figures, encoding="utf-8-sig")
        (tmp_path / SOURCES_FILE).write_text(sources, encoding="utf-8-sig")
        return tmp_path

    return write_ledger


def test_figures_and_sources_are_read_in_file_order(write: LedgerWriter) -> None:
    ledger = load_ledger(write(FIGURES, SOURCES))
    assert ledger.ids == ("found", "settled", "share", "rule")
    assert tuple(ledger.sources) == ("survey", "arithmetic")
    assert ledger.figure("share").number == 0.75
    assert ledger.figure("share").derived_from == ("settled", "found")
    assert ledger.sources["survey"].recognised_by == ("某县", "某縣")
    assert ledger.citation("found", "zh") == "一项调查"
    assert ledger.citation("found", "en") == "A survey"


def test_a_figure_in_words_has_no_number(write: LedgerWriter) -> None:
    figure = load_ledger(write(FIGURES, SOURCES)).figure("rule")
    assert figure.value == "every 7th"
    with pytest.raises(TypeError, match="rule is in words"):
        _ = figure.number


def test_an_unknown_id_is_answered_with_the_closest_one(write: LedgerWriter) -> None:
    with pytest.raises(KeyError, match="closest: settled"):
        load_ledger(write(FIGURES, SOURCES)).figure("setled")


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "column"),
    [
        ("settled,a,", "found,a,", "ledger.duplicate", 3, "id"),
        ("settled,a,", "Settled,a,", "ledger.bad_id", 3, "id"),
        ("settled,a,", "settled,,", "ledger.missing", 3, "place"),
        ("200,exact", "2 hundred,exact", "ledger.not_a_number", 2, "value"),
        ("200,exact", "nan,exact", "ledger.not_a_number", 2, "value"),
        ("200,exact", "200,roughly", "ledger.not_allowed", 2, "bound"),
        ("0.75,exact", "75,exact", "ledger.out_of_range", 4, "value"),
        ("2020,found,", "2020,discovered,", "ledger.not_allowed", 2, "definition"),
        ("survey,200 @ here,B", "survey,200 @ here,C", "ledger.not_allowed", 2, "how_sure"),
        ("found,survey,200", "found,surwey,200", "ledger.unknown_source", 2, "source"),
        ("survey,200 @ here,B", "survey,,B", "ledger.missing", 2, "locator"),
        ("settled;found", "setled;found", "ledger.unknown_figure", 4, "derived_from"),
        ("D,settled;found", "D,", "ledger.derivation", 4, "how_sure"),
        ("D,settled;found", "B,settled;found", "ledger.derivation", 4, "how_sure"),
        (",150 / 200.", ",", "ledger.missing", 4, "notes"),
        (",,in words", ",,", "ledger.missing", 5, "notes"),
        ("quantity_en,", "quantity,", "ledger.wrong_columns", 1, ""),
        ("B,,in words", "B,in words", "ledger.wrong_cell_count", 5, ""),
        ("kind,recognised_by", "kind", "ledger.wrong_columns", 1, ""),
        ("document,某县|某縣", "document,", "ledger.recognised_by", 2, "recognised_by"),
        ("derived,", "derivative,", "ledger.not_allowed", 3, "kind"),
        ("一项调查", '"一项调查', "ledger.unreadable", 0, ""),
    ],
)
def test_each_fault_is_reported_with_its_line_and_column(
    write: LedgerWriter, old: str, new: str, code: str, line: int, column: str
) -> None:
    assert old in FIGURES + SOURCES
    folder = write(FIGURES.replace(old, new, 1), SOURCES.replace(old, new, 1) if old not in FIGURES else SOURCES)
    with pytest.raises(InputError) as caught:
        load_ledger(folder)
    assert (code, line, column) in {(fault.code, fault.line, fault.path) for fault in caught.value.problems}


def test_a_misspelt_source_is_one_fault_and_comes_with_a_suggestion(write: LedgerWriter) -> None:
    with pytest.raises(InputError) as caught:
        load_ledger(write(FIGURES.replace("found,survey", "found,surwey"), SOURCES))
    (fault,) = caught.value.problems
    assert fault.file == FIGURES_FILE
    assert fault.fields == {"found": "surwey", "suggestion": "survey"}


def test_figures_derived_from_each_other_in_a_circle_are_refused(write: LedgerWriter) -> None:
    circle = "ratio,a,ratio,比,2,exact,ratio,2020,rate,arithmetic,,D,share,2 x share.\n"
    figures = FIGURES.replace("settled;found", "settled;ratio") + circle
    with pytest.raises(InputError) as caught:
        load_ledger(write(figures, SOURCES))
    assert [(fault.code, fault.line) for fault in caught.value.problems] == [
        ("ledger.circular", 4),
        ("ledger.circular", 6),
    ]


def test_faults_of_both_files_are_reported_at_once(write: LedgerWriter) -> None:
    with pytest.raises(InputError) as caught:
        load_ledger(write(FIGURES.replace("200,exact", "many,exact"), SOURCES.replace("derived,", "derivative,")))
    assert {fault.file for fault in caught.value.problems} == {FIGURES_FILE, SOURCES_FILE}


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ledger\.unreadable"):
        load_ledger(tmp_path)
