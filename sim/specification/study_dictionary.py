"""The dictionary of a study file's keys for `scenarios/studies/README.md`, and the format as JSON Schema."""

from collections.abc import Mapping
from typing import Any, Final

from sim.specification.json_schema import CHANGES, DIALECT, RECORD
from sim.specification.key_dictionary import dictionary_tables
from sim.specification.key_introduction import Language
from sim.specification.schema.study import Study
from sim.specification.studies.reading import study_shape

_INTRODUCTION: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": (
        "# Keys of a study file",
        "",
        "A study varies one or two factors over a baseline and runs every point of the grid on the same disputes:",
        "`python run_sim.py sweep scenarios/studies/sink_share.yaml`. A factor is of one of three kinds:",
        "",
        "```yaml",
        "factors:",
        "  find_prob:                       # one value, by its path",
        "    kind: path",
        "    name: {zh: 排查发现率, en: Chance that a visit finds it}",
        "    path: patrol.find_prob",
        "    values: [0.05, 0.15, 0.4]",
        "  share_sunk:                      # values that move together: a change leaves out the factor's value",
        "    kind: changes",
        "    name: {zh: 下沉比例, en: Share sunk}",
        "    values: [0, 0.2, 0.4]",
        "    changes:",
        "      - move: {from: staff_groups.town_mediators.posts, to: staff_groups.sunk_cadres.posts}",
        "  # or `kind: levels`: named levels, each with overlays (`with`) and `changes` of its own",
        "```",
        "",
        "Changes and paths are those of an overlay (see ../README.md). Only levers and uncertainties are varied: what",
        "the place or the study is (*structure*) never is. Where a factor changes which disputes arise, points and",
        "baseline no longer see the same ones: they are compared as independent runs, and the report says so.",
        "Keys marked ○ may be left out.",
    ),
    "zh": (
        "# 研究文件的键",
        "",
        "研究文件在基线方案上改变一个或两个因素，让网格上的每个点面对同样的纠纷：",
        "`python run_sim.py sweep scenarios/studies/sink_share.yaml`。因素有三种写法：",
        "",
        "```yaml",
        "factors:",
        "  find_prob:                       # 一个数值，按路径",
        "    kind: path",
        "    name: {zh: 排查发现率, en: Chance that a visit finds it}",
        "    path: patrol.find_prob",
        "    values: [0.05, 0.15, 0.4]",
        "  share_sunk:                      # 几个数值一起变：改动中略去的操作数就是因素的取值",
        "    kind: changes",
        "    name: {zh: 下沉比例, en: Share sunk}",
        "    values: [0, 0.2, 0.4]",
        "    changes:",
        "      - move: {from: staff_groups.town_mediators.posts, to: staff_groups.sunk_cadres.posts}",
        "  # 或 `kind: levels`：有名称的水平，各有自己的叠加文件（`with`）和改动（`changes`）",
        "```",
        "",
        "改动和路径的写法同叠加文件（见 ../README.md）。只改变可调措施和不确定量；说明地方或研究本身的“结构”从不改变。",
        "如果某个因素改变了发生哪些纠纷，各点与基线面对的就不是同一批纠纷，只能按相互独立的模拟比较，报告会写明。",
        "标有 ○ 的键可以不写。",
    ),
}

_VALUE: Final = {"anyOf": [{"type": "number"}, {"type": "string"}, {"type": "boolean"}]}
_LEFT_OUT: Final = ("title", "default", "discriminator")
_OPERANDS: Final = ("value", "factor", "amount", "share")


def study_dictionary_markdown(lang: Language) -> str:
    """Return the dictionary in a language."""
    return "\n".join([*_INTRODUCTION[lang], "", *dictionary_tables(study_shape(), lang)]) + "\n"


def study_json_schema() -> dict[str, Any]:
    """Return the JSON Schema of study files; changes may leave out the operand that the factor's value stands for."""
    schema = _tidy(Study.model_json_schema(by_alias=True))
    definitions = schema.pop("$defs")
    definitions |= {"changes": _without_operands(CHANGES), "record": RECORD}
    title = "Study of the tiered mediation simulator"
    return {"$schema": DIALECT, "title": title, **schema, "$defs": definitions}


def _tidy(node: Any) -> Any:
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    tidy: dict[str, Any] = {}
    for key, value in node.items():
        if key == "properties":
            tidy[key] = {name: _property(name, _tidy(body)) for name, body in value.items()}
        elif key not in _LEFT_OUT and (key, value) != ("unit", ""):
            tidy[key] = _tidy(value)
    if "patternProperties" in tidy:
        tidy["additionalProperties"] = False  # other keys are no ids
    return tidy


def _property(name: str, body: dict[str, Any]) -> dict[str, Any]:
    """Say what pydantic takes as it comes: single values and changes."""
    if name == "changes":
        return {**body, "$ref": "#/$defs/changes"}
    if name == "value":
        return {**body, **_VALUE}
    return {**body, "items": _VALUE} if name == "values" else body


def _without_operands(changes: Mapping[str, Any]) -> dict[str, Any]:
    operations = changes["items"]["properties"]
    loosened = {
        name: {**body, "required": [key for key in body["required"] if key not in _OPERANDS]}
        for name, body in operations.items()
    }
    return {**changes, "items": {**changes["items"], "properties": loosened}}
