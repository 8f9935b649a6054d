"""The tables of a sweep: the verdict at each point, and level, difference and verdict by measure."""

from sim.experiment.sweep_design import SweepLevel, SweepPoint
from sim.report.answer import level_text
from sim.report.headline import kind_of, name_with_unit
from sim.report.numbers import clipped, decimals_for, plain, quantity, signed_quantity
from sim.report.sweep_answer import difference_decimals, is_judged
from sim.report.sweep_folder import SweepFolder, factor_name, level_label
from sim.report.tables import Cell, Row, Table, group_row, number, verdict_cell
from sim.report.wording import Wording
from sim.stats import MeasureKey


def sweep_verdict_table(folder: SweepFolder, words: Wording) -> Table:
    """Return verdicts, one row per point and one column per measure."""
    rows: list[Row] = []
    for row_level in folder.row_levels():
        rows += _heading(folder, row_level, words)
        for level in folder.columns_factor.levels:
            point = folder.point_at(level, row_level)
            cells = [_verdict(folder, point, key, words) for key in folder.design.keys]
            rows.append(Row((Cell(level_label(folder.columns_factor, level, words)), *cells)))
    heads = [folder.measure_name(key, words) for key in folder.design.keys]
    first = factor_name(folder.columns_factor, words)
    return Table(words.say("table_sweep_verdicts"), (first, *heads), tuple(rows))


def sweep_grid_table(folder: SweepFolder, words: Wording) -> Table:
    """Return the verdicts on the first measure: the first factor down, the second across."""
    key = folder.design.keys[0]
    row_factor = folder.rows_factor
    assert row_factor is not None
    rows = []
    for level in folder.columns_factor.levels:
        cells = [_verdict(folder, folder.point_at(level, across), key, words) for across in row_factor.levels]
        rows.append(Row((Cell(level_label(folder.columns_factor, level, words)), *cells)))
    name = factor_name(row_factor, words)
    across_heads = [
        words.say("sweep_factor_at", factor=name, level=level_label(row_factor, level, words))
        for level in row_factor.levels
    ]
    caption = folder.measure_name(key, words)
    return Table(caption, (factor_name(folder.columns_factor, words), *across_heads), tuple(rows))


def sweep_points_tables(folder: SweepFolder, words: Wording) -> tuple[Table, ...]:
    """Return level, difference and verdict at each point, a table per measure."""
    note = words.say("table_sweep_note", level=level_text(folder.run))
    last = folder.design.keys[-1]
    return tuple(_measure_table(folder, key, note if key == last else "", words) for key in folder.design.keys)


def _heading(folder: SweepFolder, row_level: SweepLevel | None, words: Wording) -> list[Row]:
    if folder.rows_factor is None or row_level is None:
        return []
    factor, label = factor_name(folder.rows_factor, words), level_label(folder.rows_factor, row_level, words)
    return [group_row(words.say("sweep_factor_at", factor=factor, level=label))]


def _verdict(folder: SweepFolder, point: SweepPoint, key: MeasureKey, words: Wording) -> Cell:
    row = folder.row_of(point, key)
    return verdict_cell(str(row["verdict"]), words) if is_judged(row) else Cell("–")


def _measure_table(folder: SweepFolder, key: MeasureKey, note: str, words: Wording) -> Table:
    rows: list[Row] = []
    for row_level in folder.row_levels():
        rows += _heading(folder, row_level, words)
        rows += [_point_row(folder, level, row_level, key, words) for level in folder.columns_factor.levels]
    name = name_with_unit(key.measure, words) if not (key.tier or key.category) else folder.measure_name(key, words)
    heads = ("head_level", "head_difference_of_point", "head_relative_of_point", "head_verdict")
    first = factor_name(folder.columns_factor, words)
    return Table(name, (first, *(words.say(head) for head in heads)), tuple(rows), note)


def _point_row(
    folder: SweepFolder, level: SweepLevel, row_level: SweepLevel | None, key: MeasureKey, words: Wording
) -> Row:
    point = folder.point_at(level, row_level)
    row, kind = folder.row_of(point, key), kind_of(key.measure)
    all_rows = [folder.row_of(other, key) for other in folder.design.points]
    means = [float(other["mean"]) for other in all_rows]
    digits = difference_decimals(folder, key)
    wide = decimals_for(kind, means, [float(other["half_width"]) for other in all_rows])
    decimals = max(wide, min(digits, decimals_for(kind, means)))
    low, high = (quantity(clipped(float(row[end]), kind), kind, decimals) for end in ("low", "high"))
    mean = quantity(float(row["mean"]), kind, decimals)
    shown = words.say("interval", mean=mean, low=low, high=high) if int(row["n"]) else mean
    label = Cell(level_label(folder.columns_factor, level, words))
    if point.is_reference:
        return Row((label, number(shown), Cell(words.say("sweep_is_reference")), number("–"), Cell("–")))
    ends = [signed_quantity(float(row[end]), kind, digits) for end in ("difference_low", "difference_high")]
    difference = signed_quantity(float(row["difference"]), kind, digits)
    shown_difference = words.say("interval", mean=difference, low=ends[0], high=ends[1])
    if not is_judged(row):
        shown_difference = "–"
    return Row((label, number(shown), number(shown_difference), _relative(row), _verdict(folder, point, key, words)))


def _relative(row: dict[str, object]) -> Cell:
    base, difference = float(str(row["reference_mean"])), float(str(row["difference"]))
    if base == 0.0:
        return number("–")
    relative = 100.0 * difference / abs(base)
    text = plain(relative, 1 if abs(relative) < 10 else 0, signed=True)
    return number(text if text == "–" else f"{text}%")
