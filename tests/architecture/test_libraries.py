"""Libraries that belong to one place: the rest of the model must not know which engine or drawing library it has."""

from tests.architecture.source_tree import SourceFile, imported_modules, source_files

ONE_LIBRARY_ONE_PLACE = {
    "simpy": ("sim/engine/simpy_engine", "tests/"),
    "matplotlib": ("sim/report/", "tests/"),
    "holidays": ("sim/specification/", "tests/"),
    "numba": ("sim/engine/compiled_engine/", "tests/"),
    "typer": ("sim/cli/", "tests/"),
}


def misplaced_libraries(file: SourceFile) -> list[str]:
    return [
        f"{file.path}:{line}: {library} is imported only by {' and '.join(allowed) or 'nobody yet'}"
        for line, module in imported_modules(file.tree)
        for library, allowed in ONE_LIBRARY_ONE_PLACE.items()
        if module.split(".")[0] == library and not file.path.startswith(allowed)
    ]


def test_each_library_with_one_place_stays_there() -> None:
    found = [finding for file in source_files("sim", "calibration", "tests") for finding in misplaced_libraries(file)]
    assert found == []


def test_a_library_in_the_wrong_place_is_found() -> None:
    text = "import numpy\n\ndef f():\n    from matplotlib import pyplot\n"
    assert len(misplaced_libraries(SourceFile("sim/stats/intervals.py", text))) == 1
    assert misplaced_libraries(SourceFile("sim/report/forest.py", text)) == []
    assert misplaced_libraries(SourceFile("sim/engine/simpy_engine.py", "import simpy\n")) == []
    assert len(misplaced_libraries(SourceFile("sim/engine/rules.py", "import simpy\n"))) == 1
