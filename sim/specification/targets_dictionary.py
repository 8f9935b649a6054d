"""The dictionary of a targets file's keys for `calibration/targets/README.md`, and the format as JSON Schema."""

from collections.abc import Mapping
from typing import Any, Final

from sim.specification.json_schema import DIALECT, RECORD, completed
from sim.specification.key_dictionary import (
    allowed_values,
    dictionary_tables,
    distribution_lines,
    meaning_in,
    unit_in,
)
from sim.specification.key_introduction import Language
from sim.specification.schema.targets import Targets
from sim.specification.shape import BlockShape, DictShape, UnionShape
from sim.specification.targets.reading import targets_shape
from sim.specification.targets.vocabulary import KNOWN_EVENTS, KNOWN_PARAMETERS, KNOWN_QUANTITIES

_INTRODUCTION: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": (
        "# Keys of a targets file",
        "",
        "A targets file says which reported figures a place is to meet, how closely, and what is varied to meet them:",
        "`python run_sim.py calibrate calibration/targets/xichou.yaml`. `validate` checks it.",
        "",
        "A **parameter** has a prior: what is known of it before the figures. With `sets` it is written to values of",
        "the baseline, all the same number; without, its id is one of those below, from which abilities, hardening,",
        "durability and the rate of emergence are derived. Every other assumed value of the baseline that has a range",
        "varies over it, if `ranged_assumptions` says so.",
        "",
        "A **target** is a figure of ../figures.csv, which has its value, unit and bound, and the quantity of a",
        "simulation that answers it. A figure counts once: two targets cannot name the same one, and what follows from",
        "figures by arithmetic is no further target. A figure that is held out is only compared.",
        "",
        "`transferred_from` takes over the posterior of another place, widened, where a place reports no outcome:",
        "nothing is fitted then. A parameter that is taken over has the basis `transferred` and no prior; one with a",
        "prior keeps its own.",
        "",
        "Keys marked ○ may be left out.",
    ),
    "zh": (
        "# 校准目标文件的键",
        "",
        "校准目标文件写明：一个地方的模型要与哪些公开数据相符、允许相差多少、为此调整哪些参数：",
        "`python run_sim.py calibrate calibration/targets/xichou.yaml`。用 `validate` 检查。",
        "",
        "**参数**（parameters）都有先验分布，即看到数据之前对它的了解。写 `sets` 的参数直接设定基线方案中的数值（各处",
        "取同一个数）；不写 `sets` 的，代号须是下表所列之一，能力、难度增长、协议稳固程度和纠纷产生率由它们推算。基线",
        "方案中其他有取值范围的假定值是否也随之变化，由 `ranged_assumptions` 决定。",
        "",
        "**目标**（targets）是 ../figures.csv 中的一项数据（数值、单位和界限见台账）以及模拟中与之对应的量。一项数据",
        "只能用一次：两个目标不能用同一项数据，由数据推算出来的数也不再作目标。留作检验（held_out）的数据只作对照。",
        "",
        "没有结果数据的地方用 `transferred_from` 借用另一地的校准结果，并适当放宽；这时不做校准。借用的参数写",
        "`basis: transferred`，不写先验分布；另写先验分布的参数用自己的。",
        "",
        "标有 ○ 的键可以不写。",
    ),
}

_HEADINGS: Final[Mapping[str, Mapping[Language, str]]] = {
    "parameters": {"en": "Parameters without `sets`", "zh": "无需 `sets` 的参数"},
    "parameter_columns": {"en": "| id | unit | allowed | meaning |", "zh": "| 代号 | 单位 | 取值 | 含义 |"},
    "quantities": {"en": "Quantities", "zh": "模拟中的量"},
    "quantity_columns": {
        "en": "| id | units of the figure | scale | meaning |",
        "zh": "| 代号 | 数据的单位 | 尺度 | 含义 |",
    },
    "events": {"en": "Events", "zh": "事件"},
    "priors": {"en": "Priors", "zh": "先验分布"},
}


def targets_dictionary_markdown(lang: Language) -> str:
    """Return the dictionary in a language: the keys, then the words that may stand in them."""
    lines = [*_INTRODUCTION[lang], "", *dictionary_tables(targets_shape(), lang)]
    lines += ["", f"## {_HEADINGS['parameters'][lang]}", "", _HEADINGS["parameter_columns"][lang], "|---|---|---|---|"]
    lines += [
        f"| `{id_}` | {unit_in(known.unit, lang)} | {allowed_values(known.shape, lang)} | "
        f"{meaning_in(known.meaning, lang)} |"
        for id_, known in KNOWN_PARAMETERS.items()
    ]
    lines += ["", f"## {_HEADINGS['quantities'][lang]}", "", _HEADINGS["quantity_columns"][lang], "|---|---|---|---|"]
    lines += [
        f"| `{id_}` | {_words(quantity.figure_units)} | {_words(quantity.scales)} | "
        f"{meaning_in(quantity.meaning, lang)} |"
        for id_, quantity in KNOWN_QUANTITIES.items()
    ]
    lines += ["", f"## {_HEADINGS['events'][lang]}", ""]
    lines += [f"- `{event}` {meaning_in(meaning, lang)}" for event, meaning in KNOWN_EVENTS.items()]
    lines += ["", f"## {_HEADINGS['priors'][lang]}", "", *distribution_lines(_priors(), lang)]
    return "\n".join(lines) + "\n"


def targets_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of targets files; any number may be a record of value, basis, source and range."""
    schema = completed(Targets.model_json_schema(by_alias=True))
    definitions = schema.pop("$defs")
    title = "Targets of a fit of the tiered mediation simulator"
    return {"$schema": DIALECT, "title": title, **schema, "$defs": {**definitions, "record": RECORD}}


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _priors() -> UnionShape:
    parameters = targets_shape().fields["parameters"].shape
    assert isinstance(parameters, DictShape) and isinstance(parameters.item, BlockShape)
    union = parameters.item.fields["prior"].shape
    assert isinstance(union, UnionShape)
    return union
