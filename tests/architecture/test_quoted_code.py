"""Code that a guide quotes is the code: a step shown in CONTRIBUTING.md stands so in the file it is taken from."""

import re

import pytest

from tests.architecture.source_tree import ROOT

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
QUOTED = re.compile(r"`(sim/[\w/]+\.py)`(?:(?!`sim/).)*?```python\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize(("file", "code"), QUOTED.findall(GUIDE))
def test_what_is_quoted_stands_in_the_file(file: str, code: str) -> None:
    assert code in (ROOT / file).read_text(encoding="utf-8")


def test_every_quotation_is_found() -> None:
    assert len(QUOTED.findall(GUIDE)) == GUIDE.count("```python") >= 3
