"""Pages made from the schema are what `make docs` writes now."""

import json
from pathlib import Path

from sim.specification.json_schema import json_schema
from sim.specification.key_dictionary import key_dictionary_markdown
from sim.specification.study_dictionary import study_dictionary_markdown, study_json_schema
from sim.specification.targets_dictionary import targets_dictionary_markdown, targets_json_schema

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TARGETS = Path(__file__).parents[2] / "calibration" / "targets"


def test_the_dictionary_of_keys_is_up_to_date() -> None:
    expected = "\n".join(key_dictionary_markdown(language) for language in ("en", "zh"))
    assert (SCENARIOS / "README.md").read_text(encoding="utf-8").strip() == expected.strip()


def test_the_json_schema_is_up_to_date() -> None:
    assert json.loads((SCENARIOS / "schema.json").read_text(encoding="utf-8")) == json_schema()


def test_the_dictionary_of_a_studys_keys_is_up_to_date() -> None:
    expected = "\n".join(study_dictionary_markdown(language) for language in ("en", "zh"))
    assert (SCENARIOS / "studies" / "README.md").read_text(encoding="utf-8").strip() == expected.strip()


def test_the_json_schema_of_studies_is_up_to_date() -> None:
    found = json.loads((SCENARIOS / "studies" / "schema.json").read_text(encoding="utf-8"))
    assert found == study_json_schema()


def test_the_dictionary_of_a_targets_files_keys_is_up_to_date() -> None:
    expected = "\n".join(targets_dictionary_markdown(language) for language in ("en", "zh"))
    assert (TARGETS / "README.md").read_text(encoding="utf-8").strip() == expected.strip()


def test_the_json_schema_of_targets_is_up_to_date() -> None:
    assert json.loads((TARGETS / "schema.json").read_text(encoding="utf-8")) == targets_json_schema()
