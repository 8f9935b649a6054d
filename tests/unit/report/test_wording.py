import ast
import string
from collections.abc import Mapping
from importlib import resources

import pytest

from sim.outcomes.measures import MEASURES
from sim.report.answer import VERDICTS_IN_ORDER
from sim.report.headline import unit_of
from sim.report.resolved_scenario import BASES, UNSTATED
from sim.report.wording import LANGUAGES, wording
from sim.report.wording.catalogue import Terms, width_em
from sim.specification.schema import Scenario
from sim.stats import Verdict, WarmupWarningCode
from sim.stats.replications import StopCause

SAID_OF_NO_VALUE = {
    # Names, ids and the study's own settings: they never stand in a table of values.
    *("schema_version", "place", "name", "description", "zh", "en", "path", "rows", "unit_id", "parent_id"),
    *("start_date", "warmup_years", "cohort_years", "follow_days", "latent_days", "closed_days", "make_up_days"),
    *(
        "assumed_years",
        "seed",
        "question",
        "posterior",
        "replications",
        "robustness",
        "posterior",
        "relative_precision",
        "cap",
        "screen_replications",
    ),
    *("verdict_replications", "focus_policy", "focus_measure", "equity_tier", "village_tier", "indifference_share"),
}

CALIBRATION_PARTS = tuple(
    f"calibration_{part}_"
    for part in (
        "unit",
        "definition",
        "scale",
        "bound",
        "within",
        "outside",
        "period",
        "lead",
        "method",
        "conflicts",
        "all",
        "some",
        "first",
    )
)
"""Keys that are put together from what a table says."""


CATALOGUES = ("", "sweep_", "calibration_", "posterior_")
"""Parts of the wording, whose sentences have to be said elsewhere."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_sentences_with_the_same_fields() -> None:
    zh, en = wording("zh").sentences, wording("en").sentences
    assert list(zh) == list(en)
    assert {key: placeholders(zh[key]) for key in zh} == {key: placeholders(en[key]) for key in en}


@pytest.mark.parametrize("name", Terms.__dataclass_fields__)
def test_both_languages_have_the_same_terms(name: str) -> None:
    zh, en = (getattr(wording(language).terms, name) for language in LANGUAGES)
    if isinstance(zh, Mapping):
        assert list(zh) == list(en)
    else:
        assert placeholders(zh) == placeholders(en)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_has_a_name_of_its_own_and_a_unit(language: str) -> None:
    words = wording(language)
    names = [words.measure(measure) for measure in MEASURES]
    assert [measure for measure in MEASURES if not words.knows_measure(measure)] == []
    assert len(set(names)) == len(names)
    assert all(unit_of(measure) in words.terms.units for measure in MEASURES)


def test_an_unknown_measure_keeps_its_id() -> None:
    assert wording("zh").measure("held_hours_mean") == "held_hours_mean"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_a_scenario_file_has_a_name(language: str) -> None:
    schema = Scenario.model_json_schema(by_alias=True)
    keys = {key for block in [schema, *schema["$defs"].values()] for key in block.get("properties", {})}
    assert sorted(keys - set(wording(language).terms.fields) - SAID_OF_NO_VALUE) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_a_run_can_hold_has_its_words(language: str) -> None:
    words = wording(language)
    assert {*(verdict.value for verdict in Verdict), ""} == set(words.terms.verdicts)
    assert {*VERDICTS_IN_ORDER, ""} == set(words.terms.verdicts)
    assert {*BASES, UNSTATED} == set(words.terms.bases)
    causes = {cause.value for cause in StopCause} - {"continue"}
    assert {f"stop_{cause}" for cause in causes | {"fixed"}} <= set(words.sentences)
    assert {f"warning_{code.value}" for code in WarmupWarningCode} <= set(words.sentences)


def test_every_sentence_is_used() -> None:
    package = resources.files("sim.report")
    catalogues = [f"{part}{language}.py" for part in CATALOGUES for language in LANGUAGES]
    used = "".join(
        file.read_text(encoding="utf-8")
        for part in (package, package / "figures", package / "templates", package / "wording")
        for file in part.iterdir()
        if file.name.endswith((".py", ".html")) and file.name not in catalogues
    )
    spelt_in_parts = ("heading_", "title_", "reading_", "stop_", "warning_", "figure_", "head_", *CALIBRATION_PARTS)
    spelt_in_answers = ("posterior_lead_", "parameter_")
    whole = [key for key in wording("en").sentences if not key.startswith((*spelt_in_parts, *spelt_in_answers))]
    assert [key for key in whole if f'"{key}"' not in used and f"'{key}'" not in used] == []


def test_a_chinese_character_is_about_twice_as_wide_as_a_latin_one() -> None:
    assert width_em("化解") == 2.0
    assert 0.9 < width_em("ab") < 1.2


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice_in_a_catalogue(language: str) -> None:
    package = resources.files("sim.report.wording")
    catalogues = (f"{language}_terms.py", *(f"{part}{language}.py" for part in CATALOGUES))
    for name in catalogues:
        tree = ast.parse((package / name).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict):
                keys = [key.value for key in node.keys if isinstance(key, ast.Constant)]
                assert len(keys) == len(set(keys))
