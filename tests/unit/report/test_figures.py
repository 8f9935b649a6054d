import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from sim.report import RunFolder
from sim.report.figures.equity_over_units import equal_risk_shares
from sim.report.figures.load_over_time import BLOCK_DAYS
from sim.report.figures.paired_differences import verdict_mark
from sim.report.figures.saving import inline_svg, save_figure
from sim.report.figures.style import VERDICT_MARKERS, FigureTable, wrapped, wrapped_parts
from sim.report.rebuilding import FIGURES
from sim.report.wording import wording

NAMES = [
    *("where_disputes_end", "days_to_settlement", "load_over_time"),
    *("paired_differences", "equity_over_units", "robustness_of_verdicts"),
]


@pytest.fixture(scope="module")
def drawn(folder: RunFolder) -> dict[str, tuple[FigureTable, Figure]]:
    """Return every figure of the comparison, in English."""
    figures = {}
    for take, draw in FIGURES:
        table = take(folder)
        assert table is not None
        figures[table.name] = (table, draw(table, wording("en")))
    return figures


Drawn = dict[str, tuple[FigureTable, Figure]]


@pytest.mark.parametrize("name", NAMES)
def test_the_csv_is_what_was_drawn_and_opens_in_excel(built: Path, drawn: Drawn, name: str) -> None:
    content = (built / "figures" / f"{name}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    pd.testing.assert_frame_equal(read, drawn[name][0].table, check_dtype=False)


def test_bars_are_as_long_as_the_shares_and_fill_the_whole(drawn: Drawn) -> None:
    table, figure = drawn["where_disputes_end"]
    widths = [round(bar.get_width(), 12) for bar in figure.axes[0].patches if isinstance(bar, Rectangle)]
    assert sorted(widths) == sorted(table.table["share"].round(12))
    of_baseline = table.table[table.table["scenario"] == "baseline"]
    assert of_baseline["share"].sum() == pytest.approx(1.0, abs=0.01)
    assert list(of_baseline["ending"])[:5] == [
        "settled_by_parties",
        *(f"settled:{tier}" for tier in ("grid", "village", "town", "county")),
    ]


@pytest.mark.parametrize(("panel", "column"), [(0, "settled_share"), (1, "unresolved_share")])
def test_curves_of_age_are_those_of_the_table(drawn: Drawn, panel: int, column: str) -> None:
    table, figure = drawn["days_to_settlement"]
    for line, (_, rows) in zip(figure.axes[panel].lines, table.table.groupby("scenario", sort=False), strict=True):
        np.testing.assert_array_equal(line.get_xdata(), rows["age_days"])
        np.testing.assert_array_equal(line.get_ydata(), rows[column])


def test_the_share_at_an_age_counts_every_day_before_it(folder: RunFolder, drawn: Drawn) -> None:
    table = drawn["days_to_settlement"][0].table
    of_baseline = table[table["scenario"] == "baseline"].set_index("age_days")
    bins = folder.distributions
    settled = bins[(bins["scenario"] == "baseline") & (bins["quantity"] == "settlement") & (bins["bin_low_days"] < 30)]
    assert of_baseline["settled_share"].iloc[0] == 0.0
    assert of_baseline["unresolved_share"].iloc[0] == 1.0
    assert of_baseline.loc[30, "settled_share"] == pytest.approx(settled["count"].sum() / 20_000)
    assert of_baseline.index.max() == 180


def test_load_is_averaged_over_whole_weeks_with_the_highest_tier_on_top(folder: RunFolder, drawn: Drawn) -> None:
    table, figure = drawn["load_over_time"]
    assert "grid" not in set(table.table["tier"]), "nothing ever happens there"
    assert figure.axes[0].get_title(loc="left") == "County: utilisation"
    series = folder.series
    first = series[(series["scenario"] == "baseline") & (series["tier"] == "county") & (series["day"] < BLOCK_DAYS)]
    line = figure.axes[0].lines[0]
    assert float(np.asarray(line.get_ydata())[0]) == pytest.approx(first["utilisation"].mean())
    assert set(table.table.loc[table.table["day"] < 336, "phase"]) == {"warmup"}
    assert set(table.table.loc[table.table["day"] > 365, "phase"]) == {"measured"}


def test_differences_stand_where_the_comparison_says_and_look_like_their_verdict(
    folder: RunFolder, drawn: Drawn
) -> None:
    table, figure = drawn["paired_differences"]
    rows = table.table[table.table["measure"] == "settled_share_180d"]
    marks = [line for line in figure.axes[0].lines if line.get_linestyle() == "None"]
    at = [float(np.asarray(mark.get_xdata())[0]) for mark in marks]
    assert at == rows["difference_percent"].tolist()
    assert [mark.get_marker() for mark in marks] == [VERDICT_MARKERS[verdict] for verdict in rows["verdict"]]
    comparison = folder.comparison
    first = comparison[(comparison["measure"] == "settled_share_180d") & (comparison["verdict"] != "")].iloc[0]
    assert at[0] == pytest.approx(100 * first["difference"] / first["baseline_mean"])


def test_every_verdict_has_a_shape_of_its_own() -> None:
    shapes = [str(verdict_mark(verdict).get_marker()) for verdict in VERDICT_MARKERS]
    assert len(set(shapes)) == len(shapes)


def test_units_stand_in_rising_order_beside_equal_risk(drawn: Drawn) -> None:
    table, figure = drawn["equity_over_units"]
    of_baseline = table.table[table.table["scenario"] == "baseline"]
    dots, reference = figure.axes[0].lines
    np.testing.assert_array_equal(dots.get_ydata(), of_baseline["settled_share"])
    np.testing.assert_array_equal(reference.get_ydata(), of_baseline["equal_risk_share"])
    assert of_baseline["settled_share"].is_monotonic_increasing
    assert of_baseline["settled_share"].std() > of_baseline["equal_risk_share"].std(), "the fixture's units do differ"


def test_equal_risk_shows_the_spread_of_chance_alone() -> None:
    shares = equal_risk_shares(0.5, np.full(99, 400.0))
    assert shares[49] == pytest.approx(0.5)
    assert shares[49 + 34] == pytest.approx(0.525, abs=0.001), "one standard deviation of 0.025 up at rank 84.1 %"
    assert equal_risk_shares(1.0, np.array([10.0, 20.0])).tolist() == [1.0, 1.0]


def test_each_end_of_a_range_stands_where_its_difference_is(drawn: Drawn) -> None:
    table, figure = drawn["robustness_of_verdicts"]
    rows = table.table[table.table["scenario"] == "sink_staff_to_grids"]
    marks = [line for line in figure.axes[0].lines if line.get_linestyle() == "None"]
    at = [float(np.asarray(mark.get_xdata())[0]) for mark in marks]
    wanted = [
        100 * value
        for low, high in zip(rows["low_difference"], rows["high_difference"], strict=True)
        for value in (low, high)
    ]
    assert at == pytest.approx(wanted)
    assert rows["swing"].is_monotonic_decreasing


@pytest.mark.parametrize(("take", "draw"), FIGURES, ids=NAMES)
def test_figures_of_a_single_scenario_are_drawn_or_left_out(
    single: RunFolder, take: Callable[[RunFolder], FigureTable | None], draw: Callable[..., Figure]
) -> None:
    table = take(single)
    if table is None:
        assert take.__name__ in ("paired_differences", "robustness_of_verdicts")
    else:
        assert draw(table, wording("zh")).axes


def test_saved_files_name_no_date_and_no_software_and_hold_no_font(drawn: Drawn) -> None:
    table, figure = drawn["where_disputes_end"]
    saved = save_figure(figure, table)
    assert b"<dc:date>" not in saved.svg
    assert b"<text" not in saved.svg, "text is drawn as paths: no font is asked for"
    assert b"Software" not in saved.png


def test_drawings_on_one_page_share_no_id(drawn: Drawn) -> None:
    table, figure = drawn["days_to_settlement"]
    saved = save_figure(figure, table)
    one, other = inline_svg(saved, "one"), inline_svg(saved, "other")
    assert one.startswith("<svg viewBox=")
    assert 'id="one-' in one
    assert "one-" not in other
    assert one.count("url(#one-") == one.count("url(#")


@pytest.mark.parametrize(
    ("text", "longest_em", "expected"),
    [
        ("人员下沉网格方案", 4, "人员下沉\n网格方案"),
        ("做强乡镇，减负", 4, "做强乡\n镇，减负"),
        ("Sink staff into grids", 8, "Sink staff\ninto grids"),
        ("one\ntwo three", 4, "one\ntwo\nthree"),
        ("", 4, ""),
    ],
)
def test_long_names_break_between_words_and_anywhere_in_chinese(text: str, longest_em: float, expected: str) -> None:
    assert wrapped(text, longest_em) == expected


def test_the_parts_of_a_name_stay_whole() -> None:
    assert wrapped_parts("乡镇 · 第 1 环节 · 耗时 · 均值", " · ", 8) == "乡镇\n第 1 环节\n耗时 · 均值"
