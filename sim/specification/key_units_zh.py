"""Units and roles of the schema in Chinese, keyed by the English of the schema."""

from collections.abc import Mapping
from typing import Final

UNITS_ZH: Final[Mapping[str, str]] = {
    "": "",
    "years": "年",
    "days": "天",
    "hours": "小时",
    "minutes": "分钟",
    "replications": "次",
    "share": "比例",
    "values": "个",
    "ratio": "倍数",
    "logit": "logit",
    "units": "个单元",
    "persons": "人",
    "posts": "岗",
    "yuan per hour": "元/小时",
    "yuan per year": "元/年",
    "yuan": "元",
    "per 1,000 persons per year": "件/千人·年",
    "households": "户",
    "probability": "概率",
    "logit per 30 days": "logit/30天",
    "per dispute per year": "次/件·年",
    "per logit": "每 logit",
    "per post": "件/岗",
    "class": "级",
    "disputes": "件",
    "episodes": "次",
    "its unit": "同该值",
    "as the scale": "同所用尺度",
    "simulations": "次模拟",
    "draws": "次抽样",
}

ROLES_ZH: Final[Mapping[str, str]] = {
    "lever": "可调措施",
    "uncertainty": "不确定量",
    "structure": "结构",
    "": "",
}
