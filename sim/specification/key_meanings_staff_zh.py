"""The meanings in Chinese of the keys about staff: groups, their hours, what administration and programmes take."""

from collections.abc import Mapping
from typing import Final

STAFF_ZH: Final[Mapping[str, str]] = {
    "staff groups by id": "各队伍（按标识）",
    "People of one kind at one tier; their hours split into administration, patrol and casework.": (
        "某一级的一类人员；工时分为行政事务、排查和办案。"
    ),
    "the tier they belong to: they serve the units of this tier and those below": "所属层级：服务本级各单元及其下级",
    "whole posts in all, spread over the units by population (largest remainder)": (
        "岗位总数（整数），按人口以最大余额法分到各单元"
    ),
    "pool the posts of so many sibling units; required where posts are fewer than units": (
        "每多少个同属一个上级的单元合用岗位；岗位少于单元时必填"
    ),
    "working hours": "工作时间",
    "share of hours taken by meetings, inspections and ledgers, at level 1 of every item of `admin_load`": (
        "会议、检查、台账等行政事务占用的工时比例（`admin_load` 各项均为 1 时）"
    ),
    "what administration consists of; without it `admin_share` is all of it": (
        "行政事务的构成；不写则只有 `admin_share` 一个总数"
    ),
    "One kind of administrative load, such as meetings, inspections or ledgers (会议、检查、台账).": (
        "一类行政事务，如会议、检查、台账。"
    ),
    "its part of the hours that `admin_share` stands for; parts sum to 1": (
        "占 `admin_share` 所指工时的比例；各项合计为 1"
    ),
    "how much of it there is, relative to what `admin_share` stands for": "事务量，相对 `admin_share` 所指现状的倍数",
    "costs that are nobody's hours; none without it": "不占用人员工时的开支；不写则无",
    "What costs money but nobody's hours: a platform, training, awards (平台、培训、奖励).": (
        "只花钱、不占工时的项目：平台、培训、奖励等。"
    ),
    "running cost": "年度运行经费",
    "cost of setting it up, paid once": "一次性建设投入",
    "share of hours spent visiting households (排查)": "入户排查占用的工时比例",
    "the tier whose seat they travel from": "从哪一级驻地出发",
    "ability to settle a dispute of average difficulty": "化解平均难度纠纷的能力",
    "extra ability by category: powers they hold or lack; every category, or leave the block out": (
        "按纠纷类型的附加能力：有无相应职权；要么各类都写，要么整块不写"
    ),
    "cost of an hour": "每小时成本",
    "people come and go; posts are always filled without it": "人员流动；不写则岗位始终有人",
    "People leave, and their post stands vacant until somebody is found; a session is held to its end first.": (
        "有人离岗，岗位空缺到补上人为止；正在办的那一次先办完。"
    ),
    "mean time that a post stays filled": "岗位平均在岗时间",
    "mean time until it is filled again": "岗位平均空缺时间",
    "cost of filling it: search, training": "补一个人的费用：招聘、培训",
    "staff travel; none without it": "路途时间；不写则不计",
    "Staff travel, round trip from the seat of a tier to the parties' home unit.": (
        "从某级驻地到当事人所在单元的往返路途。"
    ),
    "hours by base tier": "按出发层级的小时数",
}
