"""The same bytes every time: random numbers come from sim.sampling.streams alone, and nothing depends on hash seeds."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source_tree import MODEL, SourceFile, dotted_name, imported_modules, source_files

THE_ONLY_MAKER = "sim/sampling/streams.py"
TYPES = {"numpy.random.Generator", "np.random.Generator"}
STANDARD_LIBRARY_CHANCE = {"random", "secrets", "uuid"}


def sources_of_chance(file: SourceFile) -> Iterator[str]:
    """Every use of numpy.random but its Generator type, of the standard library's chance, and of SciPy's `.rvs`."""
    tree = file.tree
    for line, module in imported_modules(tree):
        is_numpy = module.startswith("numpy.random") and module not in TYPES
        if is_numpy or module.split(".")[0] in STANDARD_LIBRARY_CHANCE:
            yield f"{file.path}:{line}: import of {module}"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        name = dotted_name(node)
        if name.startswith(("np.random.", "numpy.random.")) and name not in TYPES:
            yield f"{file.path}:{node.lineno}: {name}"
        elif node.attr in {"rvs", "urandom"}:
            yield f"{file.path}:{node.lineno}: .{node.attr}"


def uses_of_hash(file: SourceFile) -> Iterator[str]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and dotted_name(node.func) == "hash":
            yield f"{file.path}:{node.lineno}: hash() of text changes with PYTHONHASHSEED; use hashlib"


def test_streams_is_the_only_maker_of_generators() -> None:
    found = [use for file in source_files(*MODEL) if file.path != THE_ONLY_MAKER for use in sources_of_chance(file)]
    assert found == [], f"draws come from {THE_ONLY_MAKER}"


def test_no_result_depends_on_the_hash_seed() -> None:
    assert [use for file in source_files(*MODEL) for use in uses_of_hash(file)] == []


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\nrng = np.random.default_rng(1)\n",
        "import numpy\nnumpy.random.seed(1)\n",
        "from numpy.random import default_rng\n",
        "from numpy import random\n",
        "import numpy.random as npr\n",
        "import random\n",
        "from random import shuffle\n",
        "from uuid import uuid4\n",
        "def f():\n    import secrets\n",
        "from scipy import stats\nx = stats.norm.rvs(size=3)\n",
    ],
)
def test_another_source_of_chance_is_found(text: str) -> None:
    assert list(sources_of_chance(SourceFile("sim/stats/intervals.py", text))) != []


def test_naming_the_generator_type_is_no_source_of_chance() -> None:
    text = "import numpy as np\nfrom numpy.random import Generator\n\ndef f(rng: np.random.Generator) -> None: ...\n"
    assert list(sources_of_chance(SourceFile("sim/sampling/draws.py", text))) == []


def test_a_call_of_hash_is_found() -> None:
    assert len(list(uses_of_hash(SourceFile("sim/experiment/store.py", "key = hash('a')\n")))) == 1
