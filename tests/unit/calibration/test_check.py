import codecs
from pathlib import Path

import pytest

from calibration.check import count_places, look_up_figures, main, normalise, parse_locator, read_document
from calibration.figure import Bound, Definition, Figure, HowSure, Source, SourceKind
from calibration.ledger import Ledger


@pytest.mark.parametrize(
    ("written", "normalised"),
    [
        ("共２４,９２６起", "共24926起"),
        ("24 926 cases", "24926 cases"),
        ("36,12 and 1,234,567", "36,12 and 1234567"),
        ("879萬人", "8790000人"),
        ("43.2万个", "432000个"),
        ("1.7万余", "17000余"),
        ("2余万居民", "20000余居民"),
        ("14.1亿", "1410000000"),
        ("每300—500户", "每300-500户"),
        ("“730”议事厅", "730议事厅"),
        ("經(jīng)濟(jì)與(2022)", "經濟與(2022)"),
        ("全县 1772 个\n村组", "全县1772个村组"),
        ("in 2018 177 groups", "in 2018 177 groups"),
    ],
)
def test_numbers_are_written_one_way(written: str, normalised: str) -> None:
    assert normalise(written) == normalised


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("排查24926起，其中", 1),
        ("排查24,926起", 1),
        ("2.4926万起", 1),
        ("124926起或249260起或2.24926起", 0),
        ("24926.5起", 0),
        ("24926起、24926起", 2),
    ],
)
def test_digits_match_whole_numbers_only(text: str, count: int) -> None:
    assert count_places(["24926"], normalise(text)) == count


def test_any_of_the_alternatives_counts_and_the_same_literal_counts_once() -> None:
    assert count_places(["85個", "85个", "８５个"], normalise("85个网格")) == 1


def test_a_percentage_is_not_found_inside_a_longer_one() -> None:
    assert count_places(["21%"], normalise("67.21%与121%")) == 0
    assert count_places(["21%"], normalise("有２１％不清楚")) == 1


def test_a_locator_is_read_into_alternatives_and_place() -> None:
    locator = parse_locator("85個|85个 @ part 1 (2)")
    assert locator.alternatives == ("85個", "85个")
    assert locator.where == "part 1 (2)"
    with pytest.raises(ValueError, match="nothing to search for"):
        parse_locator(" @ part 1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_documents_are_read_in_the_encodings_that_offices_use(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "document.txt"
    path.write_bytes("全县1772个村组".encode(encoding))
    assert read_document(path) == "全县1772个村组"


def test_broken_bytes_do_not_stop_the_search(tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_bytes(codecs.BOM_UTF8 + b"\xff 1772 \xff\xff")
    assert count_places(["1772"], normalise(read_document(path))) == 1


def figure(figure_id: str, source: str, locator: str) -> Figure:
    return Figure(
        id=figure_id,
        place="a",
        quantity_en="disputes",
        quantity_zh="纠纷",
        value=1.0,
        bound=Bound.EXACT,
        unit="disputes",
        period="2020",
        definition=Definition.FOUND,
        source=source,
        locator=locator,
        how_sure=HowSure.SECONDARY,
        derived_from=(),
        notes="",
    )


LEDGER = Ledger(
    figures={
        "here": figure("here", "survey", "24926 @ part 2"),
        "elsewhere": figure("elsewhere", "survey", "4933 @ part 3"),
        "absent": figure("absent", "lost", "24926 @ part 1"),
        "outside": figure("outside", "yearbook", "table 1"),
    },
    sources={
        "survey": Source("survey", "A survey", "调查", SourceKind.DOCUMENT, ("西畴县", "西疇縣")),
        "lost": Source("lost", "A lost one", "佚", SourceKind.DOCUMENT, ("某市",)),
        "yearbook": Source("yearbook", "A yearbook", "年鉴", SourceKind.OFFICIAL, ()),
    },
)


def test_a_figure_is_looked_up_only_in_the_document_it_is_cited_to() -> None:
    texts = {"a.txt": "西疇縣排查24926起", "b.txt": "另一处4933人"}
    here, elsewhere, absent = look_up_figures(LEDGER, texts)
    assert (here.is_found, here.documents) == (True, ("a.txt",))
    assert (elsewhere.is_found, elsewhere.documents) == (False, ("a.txt",))
    assert (absent.is_found, absent.documents) == (False, ())


def test_the_command_reports_each_figure_and_fails_if_one_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("calibration.check.load_ledger", lambda: LEDGER)
    (tmp_path / "a.txt").write_text("西疇縣排查24926起", encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "found       here: 24926 x1 (part 2)",
        "NOT FOUND   elsewhere: 4933 x0 (part 3)",
        "NO DOCUMENT absent: none of the files is lost",
        "1 of 3 figures found in 1 files",
    ]
    (tmp_path / "b.txt").write_text("某市24926；西畴县4933人", encoding="utf-8")
    assert main([str(tmp_path)]) == 0


def test_a_folder_without_documents_is_wrong_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "no *.txt files here" in capsys.readouterr().err
