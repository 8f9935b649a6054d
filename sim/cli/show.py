"""`show PATH`: the resolved scenario, or where each of its values comes from."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sim.cli.endings import DONE, exit_code_of
from sim.cli.language import words_in
from sim.cli.options import WORDS, Lang, Overlays, Scenario, Settings
from sim.cli.wording import CommandWords

if TYPE_CHECKING:
    from sim.specification.provenance_rows import ProvenanceRow

_MOST_ITEMS: Final = 12


def show(
    scenario: Scenario,
    overlays: Overlays = None,
    settings: Settings = None,
    provenance: Annotated[bool, typer.Option("--provenance", help=WORDS.say("option_provenance"))] = False,
    lang: Lang = None,
) -> None:
    """Print a scenario complete, or a line for each of its values."""
    words = words_in(lang)
    raise typer.Exit(exit_code_of(words, lambda: _show(words, scenario, overlays or [], settings or [], provenance)))


def _show(words: CommandWords, path: Path, overlays: list[Path], settings: list[str], provenance: bool) -> int:
    from sim.cli.screen import print_document, print_line
    from sim.cli.sources import known_sources
    from sim.specification.loading import load_scenario
    from sim.specification.provenance_rows import provenance_rows
    from sim.specification.writing import to_yaml

    resolved = load_scenario(path, overlays, settings, known_sources())
    if provenance:
        print_document("".join(f"{_provenance_line(row, words)}\n" for row in provenance_rows(resolved)))
    else:
        print_document(to_yaml(resolved))
    for warning in resolved.warnings:
        print_line(words.say("warning", text=words.problem_line(warning)), stderr=True)
    return DONE


def _provenance_line(row: "ProvenanceRow", words: CommandWords) -> str:
    """`path = value unit | basis, range, source | file:line:column`, with who set it if that is no file."""
    value = " ".join(part for part in (_shown(row.value), row.unit) if part)
    stated = [words.field_values.get("basis", {}).get(row.basis, row.basis)] if row.basis else []
    if not row.basis and isinstance(row.value, int | float) and not isinstance(row.value, bool):
        stated.append(words.say("value_unstated"))
    if row.range is not None:
        stated.append(f"{row.range[0]:g} ~ {row.range[1]:g}")
    if row.source:
        stated.append(row.source)
    place = f"{row.file}:{row.line}:{row.column}"
    if row.set_by and row.set_by != row.file:
        set_by = words.say("value_set_by", set_by=row.set_by)
        place += f" ({set_by})"
    return " | ".join(part for part in (f"{row.path} = {value}", ", ".join(stated), place) if part)


def _shown(value: object) -> str:
    """A value as a scenario file would have it, a long list cut."""
    if isinstance(value, list | tuple):
        items = [_shown(item) for item in value[:_MOST_ITEMS]]
        more = [f"… ({len(value)})"] if len(value) > _MOST_ITEMS else []
        return f"[{', '.join([*items, *more])}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
