"""Pages made from the schema are what `make docs` writes now."""

import json
from pathlib import Path

from sim.specification.json_schema import json_schema
from sim.specification.key_dictionary import key_dictionary_markdown

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def test_the_dictionary_of_keys_is_up_to_date() -> None:
    expected = "\n".join(key_dictionary_markdown(language) for language in ("en", "zh"))
    assert (SCENARIOS / "README.md").read_text(encoding="utf-8").strip() == expected.strip()


def test_the_json_schema_is_up_to_date() -> None:
    assert json.loads((SCENARIOS / "schema.json").read_text(encoding="utf-8")) == json_schema()
