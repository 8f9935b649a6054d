import shutil
from pathlib import Path
from typing import Any

import pytest

from sim.errors import AuditError
from sim.experiment import library_audit
from sim.experiment.library_audit import Laid, audited, everything, main, places_in, practices_in

TINY = Path(__file__).parents[2] / "end_to_end" / "tiny_county"

RELIEF = "changes:\n  - scale: {path: 'staff_groups[*].admin_share', factor: 0.5}\n"
BUSIER = "changes:\n  - set: {path: emergence.rate_per_1000_per_year, value: 30}\n"
CALMER = "changes:\n  - set: {path: emergence.rate_per_1000_per_year, value: 5}\n"
ALL_BUSY = "changes:\n  - set: {path: 'staff_groups[*].admin_share', value: 0.9}\n"
ON_THE_ROAD = "changes:\n  - set: {path: 'staff_groups[*].patrol_share', value: 0.4}\n"
MISSPELT = "changes:\n  - set: {path: emergence.rate, value: 30}\n"


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    """A library of one place and two practices, with a part that only others extend."""
    shutil.copytree(TINY, tmp_path / "tiny")
    shutil.copytree(TINY, tmp_path / "alone", ignore=lambda _, names: [n for n in names if n != "baseline.yaml"])
    shutil.copytree(TINY, tmp_path / "flagship" / "question", ignore=lambda _, names: {*names} & {"busier.yaml"})
    write(tmp_path, relief=RELIEF, busier=BUSIER)
    parts = tmp_path / "practices" / "parts"
    parts.mkdir()
    (parts / "unfinished.yaml").write_text(MISSPELT, encoding="utf-8")
    return tmp_path


def write(scenarios: Path, **overlays: str) -> tuple[Path, ...]:
    (scenarios / "practices").mkdir(exist_ok=True)
    paths = []
    for name, text in overlays.items():
        paths.append(scenarios / "practices" / f"{name}.yaml")
        paths[-1].write_text(text, encoding="utf-8")
    return tuple(paths)


def test_everything_is_each_baseline_its_policies_and_each_practice_over_it(scenarios: Path) -> None:
    places = places_in(scenarios)
    assert [place.name for place in places] == ["alone", "tiny"]
    assert [path.stem for path in practices_in(scenarios)] == ["busier", "relief"]
    names = [laid.name for laid in everything(scenarios, places)]
    assert names == [
        *("alone", "tiny", "tiny/busier", "tiny/more_town"),
        *("question", "question/more_town"),
        *("alone + busier", "alone + relief", "tiny + busier", "tiny + relief"),
    ]


def test_a_clean_run_says_how_many_disputes_and_audits_it_had(scenarios: Path) -> None:
    laid = Laid(scenarios / "tiny" / "baseline.yaml", write(scenarios, relief=RELIEF))
    finding = audited(laid, 1.0)
    assert (finding.faults, finding.conflicts) == ((), ())
    assert finding.disputes > 0
    assert finding.audits > 10


@pytest.mark.parametrize("pair", [(BUSIER, CALMER), (ALL_BUSY, ON_THE_ROAD)])
def test_overlays_that_do_not_go_together_are_a_conflict_and_no_fault(pair: tuple[str, str], scenarios: Path) -> None:
    laid = Laid(scenarios / "tiny" / "baseline.yaml", write(scenarios, one=pair[0], other=pair[1]))
    finding = audited(laid, 1.0)
    assert finding.conflicts
    assert (finding.faults, finding.audits) == ((), 0)


def test_an_overlay_that_the_place_cannot_take_is_a_fault(scenarios: Path) -> None:
    (path,) = write(scenarios, misspelt=MISSPELT)
    finding = audited(Laid(scenarios / "tiny" / "baseline.yaml", (path,)), 1.0)
    assert [fault.split()[0] for fault in finding.faults] == ["path_unknown"]
    assert finding.conflicts == ()


def test_an_audit_that_fails_is_a_fault(scenarios: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        raise AuditError(["tier_flows: something is lost"])

    monkeypatch.setattr(library_audit, "replicate", failing)
    finding = audited(Laid(scenarios / "tiny" / "baseline.yaml"), 1.0)
    assert finding.faults == ("tier_flows: something is lost",)


def test_the_command_sums_up_and_fails_with_the_first_fault(
    scenarios: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [str(scenarios), "--share", "0.5", "--workers", "1", "--places", "tiny"]
    assert main(asked) == 0
    assert capsys.readouterr().out.startswith("7 of 7 runs clean in 1 places at a share of 0.5: ")
    write(scenarios, misspelt=MISSPELT)
    assert main(asked) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("tiny + misspelt: ")
    assert said[-1].startswith("7 of 8 runs clean")


def test_the_command_refuses_what_it_cannot_run(scenarios: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(scenarios), "--places", "nowhere"]) == 2
    assert main([str(scenarios), "--share", "0"]) == 2
    assert "no such places" in capsys.readouterr().err
