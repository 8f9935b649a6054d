"""The command that a report repeats is the same wherever it was typed."""

from pathlib import Path

import pytest

from sim.cli.asking import Asked


def test_a_path_starts_at_the_scenarios_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "scenarios" / "xichou"
    folder.mkdir(parents=True)
    from_anywhere = Asked("compare", [folder]).command()
    monkeypatch.chdir(folder)
    assert Asked("compare", [Path()]).command() == from_anywhere == "python run_sim.py compare scenarios/xichou"


def test_a_path_outside_of_it_is_a_name_alone(tmp_path: Path) -> None:
    assert Asked("run", [tmp_path / "my county.yaml"]).command() == "python run_sim.py run 'my county.yaml'"


def test_every_option_that_determines_results_is_repeated() -> None:
    asked = Asked("run", [Path("a.yaml")], [Path("b.yaml")], ["experiment.seed=3"], "auto", 5, records=True)
    assert asked.command() == (
        "python run_sim.py run a.yaml --with b.yaml --set experiment.seed=3 --replications auto --seed 5 --records"
    )


def test_sources_of_the_ledger_may_be_named() -> None:
    wanted = Asked("run", [Path("a.yaml")]).wanted()
    assert wanted.known_sources is not None
    assert wanted.citations is not None
    assert "xichou_groups" in wanted.known_sources
    assert "西畴" in wanted.citations["xichou_groups"].zh
