"""Tells where two engines do not agree: the first event, what differs in it, and the dispute's story side by side."""

from collections.abc import Iterator

from rich.table import Table

from sim.cli.screen import console, print_line
from sim.cli.wording import CommandWords
from sim.errors import EngineDifference, EnginesDifferError, Happening
from sim.vocabulary import NEVER_S, SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE

_DURATIONS = ("effort_s", "travel_s", "occupation_s")
_SECONDS = "_s"


def tell_difference(words: CommandWords, error: EnginesDifferError) -> None:
    """Tell on stderr what two engines do not agree on."""
    for line in difference_lines(words, error):
        print_line(line, stderr=True)
    table = Table("", *error.difference.engines, title=words.say("engines_story"), title_justify="left")
    for row in _story_rows(words, error.difference):
        table.add_row(*row)
    console(stderr=True).print(table)


def story_lines(words: CommandWords, difference: EngineDifference) -> list[str]:
    """Return the story of a dispute by both engines as lines with a bar between the two sides."""
    rows = [(" ", *difference.engines), *_story_rows(words, difference)]
    width = max(len(one) for _, one, _ in rows)
    return [f"{mark or ' '} {one:<{width}} | {other}" for mark, one, other in rows]


def _story_rows(words: CommandWords, difference: EngineDifference) -> Iterator[tuple[str, str, str]]:
    """A mark where the engines differ, and what each tells; what both tell is told once."""
    for row in difference.story:
        one, other = ("" if side is None else happening_text(words, side) for side in row)
        yield ("", one, words.say("engines_same")) if row[0] == row[1] else ("*", one, other)


def difference_lines(words: CommandWords, error: EnginesDifferError) -> list[str]:
    """Return the lines that say where two engines part."""
    difference = error.difference
    lines = [words.say("engines_differ", run=error.run, dispute=difference.dispute_id)]
    if any(difference.first):
        for engine, told in zip(difference.engines, difference.first, strict=True):
            what = words.say("engines_nothing_more") if told is None else happening_text(words, told)
            lines.append(words.say("engines_one_tells", engine=engine, what=what))
    lines += [
        words.say(
            "engines_cell",
            column=column,
            one=one or words.say("engines_no_cell"),
            other=other or words.say("engines_no_cell"),
        )
        for column, one, other in difference.columns
    ]
    return lines


def happening_text(words: CommandWords, happening: Happening) -> str:
    """Return an event as a sentence: the day and time, what happened, and the names of where and by whom."""
    fields = {name: _field_text(words, name, value) for name, value in happening.fields.items()}
    what = words.events[happening.code].format(**fields)
    return words.say("engines_event", when=instant_text(words, happening.second), what=what)


def instant_text(words: CommandWords, second: int) -> str:
    """Return the day of a run, counted from 0, and the time of day."""
    if second >= NEVER_S:
        return words.say("never")
    day, time_s = divmod(second, SECONDS_PER_DAY)
    return words.say("day_and_time", day=day, time=_clock(time_s, 2))


def _field_text(words: CommandWords, name: str, value: str | int) -> str:
    if name in words.event_names:
        return words.event_names[name].get(str(value), str(value))
    if isinstance(value, str):
        return value or words.say("nowhere")
    if name in _DURATIONS:
        return _clock(value, 1)
    if name.endswith(_SECONDS):
        return instant_text(words, value)
    if name == "bypassed":
        return words.say("yes" if value else "no")
    return words.say("nowhere") if value < 0 else str(value)


def _clock(seconds: int, digits_of_hours: int) -> str:
    minutes, rest = divmod(seconds % SECONDS_PER_HOUR, SECONDS_PER_MINUTE)
    return f"{seconds // SECONDS_PER_HOUR:0{digits_of_hours}d}:{minutes:02d}:{rest:02d}"
