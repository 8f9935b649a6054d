"""constraints.txt pins exactly what the tests ran with."""

import re
import tomllib
from collections.abc import Iterable
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source_tree import ROOT

PINS = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def needed_packages(requirements: Iterable[str]) -> set[str]:
    """Names of everything the requirements bring along on this machine, direct or not."""
    needed: set[str] = set()
    waiting = [(Requirement(text), "") for text in requirements]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in needed or (requirement.marker and not requirement.marker.evaluate({"extra": extra})):
            continue
        needed.add(name)
        waiting += [
            (Requirement(text), wanted)
            for text in metadata.requires(name) or []
            for wanted in (requirement.extras or {""})
        ]
    return needed


def test_every_pin_is_a_name_and_a_version_and_nothing_else() -> None:
    assert [line for line in PINS if not re.fullmatch(r"[a-z0-9.-]+==[0-9][0-9a-z.]*", line)] == []
    assert len(PINS) == len({line.split("==")[0] for line in PINS}), "a package is pinned twice"


def test_every_package_in_use_is_pinned_at_the_version_in_use() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = needed_packages(project["dependencies"] + project["optional-dependencies"]["dev"])
    pinned: dict[str, str] = {canonicalize_name(line.split("==")[0]): line.split("==")[1] for line in PINS}
    assert {name: pinned.get(name) for name in needed} == {name: metadata.version(name) for name in needed}
