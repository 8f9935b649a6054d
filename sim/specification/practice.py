"""The `practice:` block of an overlay: which institution or policy it stands for, and on what its effect rests."""

from dataclasses import dataclass
from functools import cache

from sim.errors import InputError, Problem
from sim.specification.conforming import Conformed, conform
from sim.specification.faults import fault, found_text
from sim.specification.key_paths import parse_key_path
from sim.specification.schema.practice import Practice, PracticeFile
from sim.specification.shape import BlockShape, block_shape
from sim.specification.suggestions import nearest
from sim.specification.tree import Mapping, Node, Path, Place, Sequence, plain_value
from sim.specification.validation import validated_as

_PREVENTION = "prevention"


@dataclass(frozen=True, slots=True)
class WrittenPractice:
    """A block as it stands in a file, beside what the file changes."""

    node: Node
    key_place: Place
    own: Mapping
    changes: Node | None


def read_practice(
    written: WrittenPractice, known_sources: frozenset[str] | None
) -> tuple[Practice | None, list[Problem]]:
    """Return the practice, or None and every fault of its block."""
    root = Mapping({"practice": written.node}, {"practice": written.key_place}, written.key_place)
    conformed = conform(root, _shape(), known_sources)
    file, faults = validated_as(PracticeFile, _shape(), conformed.content, conformed)
    problems = [*conformed.problems, *faults]
    if file is None or problems:
        return None, problems
    practice = file.practice
    problems = [
        *_unknown_names(practice, conformed, known_sources),
        *_path_faults(practice, conformed),
        *_repeated(practice, conformed),
        *_left_out(practice, conformed, written),
    ]
    return practice, problems


@cache
def _shape() -> BlockShape:
    return block_shape(PracticeFile)


def _unknown_names(practice: Practice, at: Conformed, known: frozenset[str] | None) -> list[Problem]:
    """List sources and figures that the ledger lacks."""
    if known is None:
        return []
    sources: list[tuple[Path, str]] = [(("practice", "source"), name.strip()) for name in practice.source.split(";")]
    figures: list[tuple[Path, str]] = [
        (("practice", "evidence", "figures", number), name) for number, name in enumerate(practice.evidence.figures)
    ]
    return [
        fault("unknown_source", at.place(path), path, found=found_text(name), suggestion=nearest(name, sorted(known)))
        for path, name in (*sources, *figures)
        if name not in known
    ]


def _path_faults(practice: Practice, at: Conformed) -> list[Problem]:
    problems: list[Problem] = []
    for number, lever in enumerate(practice.levers):
        try:
            parse_key_path(lever, at.place(("practice", "levers", number)))
        except InputError as error:
            problems.extend(error.problems)
    return problems


def _repeated(practice: Practice, at: Conformed) -> list[Problem]:
    lists = {"serves": practice.serves, "mechanisms": practice.mechanisms, "levers": practice.levers}
    return [
        fault("duplicate_item", at.place(("practice", key, number)), ("practice", key, number), found=item)
        for key, items in lists.items()
        for number, item in enumerate(items)
        if item in items[:number]
    ]


def _left_out(practice: Practice, at: Conformed, written: WrittenPractice) -> list[Problem]:
    """What a practice of this kind must say: its figures, and that it only multiplies arrivals."""
    problems = []
    figures: Path = ("practice", "evidence", "figures")
    if practice.evidence.kind != "assumed" and not practice.evidence.figures:
        problems.append(fault("too_few_items", at.place(figures), figures, found=0, minimum=1))
    if practice.remark is None and _only_prevents(written):
        path: Path = ("practice", "remark")
        problems.append(fault("missing_key", at.key_place(("practice",)), path, key="remark", allowed=()))
    return problems


def _only_prevents(written: WrittenPractice) -> bool:
    """Whether a file changes nothing but how many disputes arise."""
    changed = [*written.own.entries]
    for change in written.changes.items if isinstance(written.changes, Sequence) else ():
        changed += [part for part in _paths_of(plain_value(change)) if part]
    return bool(changed) and all(path.split(".")[0] == _PREVENTION for path in changed)


def _paths_of(change: object) -> list[str]:
    if not isinstance(change, dict):
        return []
    return [
        path
        for content in change.values()
        if isinstance(content, dict)
        for key in ("path", "from", "to")
        if isinstance(path := content.get(key), str)
    ]
