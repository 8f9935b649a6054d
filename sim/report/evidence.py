"""What the numbers rest on: values by basis, what each policy changes, and verdicts under other assumed values."""

from collections.abc import Iterator
from typing import Any

from sim.report.folder import RunFolder
from sim.report.headline import kind_of
from sim.report.numbers import Kind, displayed, plain, significant
from sim.report.paths import path_label, shown_range, shown_value, unit_of_path, value_with_unit
from sim.report.resolved_scenario import BASES, UNSTATED, RecordedValue, ResolvedFile
from sim.report.tables import Cell, Row, Table, group_row, names_of, number, verdict_cell
from sim.report.turning_points import StressedDifference, stressed_differences, turn_between
from sim.report.wording import Wording

_NO_PART_OF_A_POLICY = frozenset({"schema_version", "place", "name", "description", "experiment"})


def basis_counts_table(folder: RunFolder, words: Wording) -> Table:
    """Return how many of the baseline's values rest on each basis."""
    counts = {basis: sum(value.basis == basis for value in folder.baseline.recorded) for basis in (*BASES, UNSTATED)}
    rows = [
        Row((Cell(words.terms.bases[basis]), number(plain(count, 0))))
        for basis, count in counts.items()
        if count or basis != UNSTATED
    ]
    return Table(words.say("table_bases"), (words.say("head_basis"), words.say("head_count")), tuple(rows))


def basis_tables(folder: RunFolder, words: Wording) -> tuple[Table, ...]:
    """Return the baseline's values by basis, the assumed ones first, then the others from the least sure on."""
    citations = _citations(folder, words)
    tables = []
    for basis in ("assumed", *reversed([b for b in BASES if b != "assumed"]), UNSTATED):
        values = [value for value in folder.baseline.recorded if value.basis == basis]
        if values:
            tables.append(_values_table(folder, basis, values, citations, words))
    return tuple(tables)


def _values_table(
    folder: RunFolder, basis: str, values: list[RecordedValue], citations: dict[str, str], words: Wording
) -> Table:
    swings = dict(zip(folder.screening["path"], folder.screening["swing"], strict=True)) if basis == "assumed" else {}
    has_range, has_source = any(value.low is not None for value in values), basis != UNSTATED
    heads = ["head_item", "head_value", "head_unit", *["head_range"] * has_range]
    heads += ["head_swing"] * bool(swings) + ["head_source"] * has_source
    rows = []
    for value in sorted(values, key=lambda value: -swings.get(value.path, -1.0)):
        cells = [Cell(path_label(folder.baseline, value.path, words))]
        shown = shown_value(value.path, value.value)
        cells += [Cell(shown) if isinstance(value.value, list) else number(shown), Cell(_unit(value.path, words))]
        cells += [number(shown_range(value.path, value.low, value.high, words))] * has_range
        cells += [number(_swing_text(folder, swings.get(value.path), words))] * bool(swings)
        cells += [Cell(_source(value, citations, words))] * has_source
        rows.append(Row(tuple(cells)))
    name = words.terms.bases[basis]
    caption = words.say("table_assumed") if basis == "assumed" else words.say("table_of_basis", basis=name)
    note = _swing_note(folder, words) if swings else ""
    return Table(caption, tuple(words.say(head) for head in heads), tuple(rows), note)


def _swing_text(folder: RunFolder, swing: float | None, words: Wording) -> str:
    done = folder.manifest.robustness
    if swing is None or done is None:
        return "–"
    kind = kind_of(done.focus_measure)
    text = significant(displayed(swing, kind), 2)
    return words.say("difference_in_points", difference=text) if kind is Kind.SHARE else text


def _swing_note(folder: RunFolder, words: Wording) -> str:
    done = folder.manifest.robustness
    if done is None:
        return ""
    policy = names_of(folder, words).get(done.focus_policy, done.focus_policy)
    return words.say("table_assumed_note", policy=policy, measure=words.measure(done.focus_measure))


def _unit(path: str, words: Wording) -> str:
    """The unit to be written beside a value; a per cent sign stands with the number."""
    unit = unit_of_path(path)
    return "" if unit == "share" else words.terms.units[unit]


def _citations(folder: RunFolder, words: Wording) -> dict[str, str]:
    return dict(zip(folder.sources["id"], folder.sources[f"citation_{words.language}"], strict=True))


def _source(value: RecordedValue, citations: dict[str, str], words: Wording) -> str:
    missing = "–" if value.basis == "assumed" else words.say("source_missing")
    return citations.get(value.source, value.source) or missing


def changes_table(folder: RunFolder, words: Wording) -> Table:
    """Return, policy by policy, every value that differs from the baseline's, with its basis, range and source."""
    citations = _citations(folder, words)
    heads = ("head_item", "head_baseline_value", "head_policy_value", "head_basis", "head_range", "head_source")
    rows: list[Row] = []
    before = dict(_leaves(folder.baseline))
    for policy in folder.policies:
        after = dict(_leaves(policy))
        rows.append(group_row(names_of(folder, words)[policy.id]))
        changed = [path for path in [*after, *(p for p in before if p not in after)] if _differ(path, before, after)]
        rows += [_change_row(folder, policy, path, (before, after), citations, words) for path in changed]
        if not changed:
            rows.append(Row((Cell(words.say("table_changes_none")), *[Cell("")] * (len(heads) - 1))))
    return Table(words.say("table_changes"), tuple(words.say(head) for head in heads), tuple(rows))


def _differ(path: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    return path not in before or path not in after or bool(before[path] != after[path])


def _change_row(
    folder: RunFolder,
    policy: ResolvedFile,
    path: str,
    values: tuple[dict[str, Any], dict[str, Any]],
    citations: dict[str, str],
    words: Wording,
) -> Row:
    before, after = values
    recorded = next((v for v in policy.recorded if v.path == path), RecordedValue(path, None, ""))
    has_basis = recorded.basis not in ("", UNSTATED)
    return Row(
        (
            Cell(_label_with_unit(policy if path in after else folder.baseline, path, words)),
            number(_leaf_text(folder.baseline, path, before.get(path), words)),
            number(_leaf_text(policy, path, after.get(path), words)),
            Cell(words.terms.bases.get(recorded.basis, "")),
            number(shown_range(path, recorded.low, recorded.high, words) if has_basis else ""),
            Cell(_source(recorded, citations, words) if has_basis else ""),
        )
    )


def _leaves(scenario: ResolvedFile) -> Iterator[tuple[str, Any]]:
    """Key paths and plain values, lists whole; names and the study's own settings left out."""
    for key, block in scenario.content.items():
        if key not in _NO_PART_OF_A_POLICY:
            yield from _leaves_below(block, key)


def _leaves_below(node: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict) and node:
        for key, value in node.items():
            if key != "name":
                yield from _leaves_below(value, f"{path}.{key}")
    else:
        yield path, node


def _label_with_unit(scenario: ResolvedFile, path: str, words: Wording) -> str:
    label, unit = path_label(scenario, path, words), _unit(path, words)
    return words.say("with_unit", name=label, unit=unit) if unit else label


def _leaf_text(scenario: ResolvedFile, path: str, value: Any, words: Wording) -> str:
    """A value as shown, ids of tiers and groups by their names; a dash for what the scenario does not have."""
    if isinstance(value, list) and not value:
        return words.say("none")
    if isinstance(value, list):
        return words.join([_leaf_text(scenario, path, item, words) for item in value])
    if isinstance(value, str):
        for section in ("tiers", "staff_groups"):
            if value in (scenario.content.get(section) or {}):
                return scenario.name_of(section, value, words.language)
        return words.terms.choices.get(value, value)
    return words.say("none") if value == {} else shown_value(path, value)


def turns_table(folder: RunFolder, words: Wording) -> Table | None:
    """Return verdicts by policy with each stressed value at either end of its range, by measure; None without a test.

    Under each measure stand first the stress test's own verdicts at the values used, then one row per value and end;
    a verdict that is not the one at the value used is framed.
    """
    stressed = stressed_differences(folder)
    if not stressed:
        return None
    found = {(item.measure, item.path, item.policy): item for item in stressed}
    policies = [policy.id for policy in folder.policies]
    rows: list[Row] = []
    for measure in dict.fromkeys(item.measure for item in stressed):
        paths = list(dict.fromkeys(item.path for item in stressed if item.measure == measure))
        rows.append(group_row(words.measure(measure)))
        base = [found.get((measure, paths[0], policy)) for policy in policies]
        rows.append(Row((Cell(words.say("head_base")), *(_base_cell(item, words) for item in base))))
        for path in paths:
            of_path = [found.get((measure, path, policy)) for policy in policies]
            rows += [_end_row(folder, path, end, of_path, words) for end in ("low_end", "high_end")]
    heads = (words.say("head_item"), *(names_of(folder, words)[policy] for policy in policies))
    return Table(words.say("table_turns"), heads, tuple(rows), words.say("table_turns_note"))


def _base_cell(item: StressedDifference | None, words: Wording) -> Cell:
    return Cell("–") if item is None else verdict_cell(item.base.verdict, words)


def _end_row(
    folder: RunFolder, path: str, end_name: str, items: list[StressedDifference | None], words: Wording
) -> Row:
    """One end of one value's range: its name, its value there, and each policy's verdict."""
    cells, value = [], ""
    for item in items:
        if item is None:
            cells.append(Cell("–"))
            continue
        end = item.low_end if end_name == "low_end" else item.high_end
        value = value_with_unit(path, end.value, words)
        turned = turn_between(item.base.verdict, end.verdict) is not None
        cells.append(verdict_cell(end.verdict, words, framed=turned))
    label = words.say("stress_end", item=path_label(folder.baseline, path, words), value=value)
    return Row((Cell(label), *cells))
