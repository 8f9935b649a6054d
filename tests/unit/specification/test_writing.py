"""The resolved scenario as a file: reading it again loses nothing, and the bytes depend on the scenario alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.specification import ResolvedScenario, load_scenario, to_yaml
from sim.specification.reading import read_mapping
from sim.specification.tree import plain_value
from sim.specification.writing import _quoted, _text
from tests.unit.specification.conftest import Changed, Write

ROOT = Path(__file__).parents[3]


def _read_again(resolved: ResolvedScenario, tmp_path: Path) -> ResolvedScenario:
    path = tmp_path / "scenario.resolved.yaml"
    path.write_text(to_yaml(resolved), encoding="utf-8", newline="\n")
    return load_scenario(path)


def _stated(resolved: ResolvedScenario) -> dict[str, tuple[object, ...]]:
    return {
        path: (stated.basis, stated.source, stated.range)
        for path, stated in resolved.provenance.items()
        if stated.basis is not None
    }


def test_a_resolved_scenario_read_again_is_equal_in_values_and_provenance(example: Path, tmp_path: Path) -> None:
    resolved = load_scenario(example)
    again = _read_again(resolved, tmp_path)
    assert again.scenario == resolved.scenario
    assert _stated(again) == _stated(resolved)
    assert to_yaml(again) == to_yaml(resolved)


def test_a_policy_resolved_and_read_again_is_equal_with_its_derivation(changed: Changed, tmp_path: Path) -> None:
    resolved = changed(
        "patience: ~\ntriage: {rule: lowest_first}\nchanges:\n"
        "  - move: {from: staff_groups.town_cadres.posts, to: staff_groups.grid_workers.posts, share: 0.4}\n"
        "  - scale: {path: 'staff_groups[*].admin_share', factor: 0.5}\n"
    )
    again = _read_again(resolved, tmp_path)
    assert again.scenario == resolved.scenario
    assert again.derivation == resolved.derivation
    assert _stated(again) == _stated(resolved)
    assert to_yaml(again) == to_yaml(resolved)


def test_a_resolved_scenario_stands_alone(changed: Changed) -> None:
    content = plain_value(read_mapping(to_yaml(changed("overall_deadline: {days: 9}\n")), "f"))
    assert isinstance(content, dict)
    assert not {"extends", "changes"} & set(content)
    assert content["statutory_calendar"]["rule"] == "listed"


def test_units_of_a_file_are_written_row_by_row(tmp_path: Path) -> None:
    resolved = load_scenario(Path(__file__).parent / "units_in_a_file.yaml")
    content = plain_value(read_mapping(to_yaml(resolved), "f"))
    assert isinstance(content, dict)
    assert content["units"]["by"] == "table"
    assert [row["unit_id"] for row in content["units"]["rows"]] == ["东村", "西村", "海村", "北镇", "南镇"]
    assert _read_again(resolved, tmp_path).scenario == resolved.scenario


def test_how_numbers_are_spelt_does_not_show(write: Write) -> None:
    spelt = [load_scenario(write(f"hardening: {{cap_days: {text}}}\n")) for text in ("720", "720.0", "7.2e2")]
    assert len({to_yaml(resolved) for resolved in spelt}) == 1


@given(st.text(max_size=30))
def test_any_text_survives(text: str) -> None:
    content = plain_value(read_mapping(f"key: {_quoted(text)}\n", "f"))
    assert content == {"key": text}


@pytest.mark.parametrize("word", ["null", "true", "yes", "no", "y", "on", "a1", "town_cadres"])
def test_words_that_yaml_reads_otherwise_are_quoted(word: str) -> None:
    assert plain_value(read_mapping(f"{_text(word)}: {_text(word)}\n", "f")) == {word: word}


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_survives(number: float) -> None:
    from sim.specification.writing import _flow

    content = plain_value(read_mapping(f"key: {_flow(number)}\n", "f"))
    assert isinstance(content, dict)
    assert content["key"] == number


def test_the_bytes_do_not_depend_on_the_hash_seed(complete: Path) -> None:
    program = (
        "import sys; from sim.specification import load_scenario, to_yaml; "
        "sys.stdout.buffer.write(to_yaml(load_scenario(sys.argv[1])).encode())"
    )
    written = {
        subprocess.run(
            [sys.executable, "-c", program, str(complete)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(written) == 1
    assert written.pop() == to_yaml(load_scenario(complete)).encode()
