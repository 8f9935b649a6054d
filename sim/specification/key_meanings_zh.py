"""The meanings of the schema's keys in Chinese, keyed by the English of the schema."""

from collections.abc import Mapping
from typing import Final

from sim.specification.key_meanings_casework_zh import CASEWORK_ZH
from sim.specification.key_meanings_sitting_zh import SITTING_TOGETHER_ZH
from sim.specification.key_meanings_staff_zh import STAFF_ZH

MEANINGS_ZH: Final[Mapping[str, str]] = {
    **CASEWORK_ZH,
    **SITTING_TOGETHER_ZH,
    # 总体
    "A complete scenario file; each optional block is a mechanism that is off when the block is absent.": (
        "一份完整的情景文件；可选的块各是一种机制，不写即不启用。"
    ),
    "version of this schema": "格式版本",
    "name of the place": "地区名称",
    "A name in both languages.": "中英文名称。",
    "in Chinese": "中文",
    "in English": "英文",
    "name": "名称",
    "name of the scenario or policy": "情景或方案名称",
    "what it is, in a sentence or two": "一两句话说明",
    # 时间与研究设置
    "time span": "时间范围",
    "The span of simulated time: warm-up, then the cohort's years, then the days it is followed.": (
        "模拟的时间范围：先预热，再是产生统计队列的年份，最后是跟踪期。"
    ),
    "the day on which the clock is 0": "起始日（时钟为 0 的那一天）",
    "whole years before the cohort": "队列之前的预热年数（整年）",
    "years in which the cohort emerges": "队列纠纷产生的年数",
    "days after the last cohort year": "最后一个队列年之后的跟踪天数",
    "days before the start whose disputes may still be latent at 0": (
        "起始日之前多少天内产生的纠纷，到起始日可能仍未暴露"
    ),
    "replications and seed": "重复次数与随机种子",
    "How the scenario is studied.": "情景如何研究。",
    "seed of all random draws": "全部随机数的种子",
    "replications": "重复次数",
    "A fixed number of replications.": "固定的重复次数。",
    "how many replications": "重复次数的规则",
    "Looks at 10, 20, 40, 80, 160 and 200 replications until precise enough or the sign is clear.": (
        "在第 10、20、40、80、160、200 次时检视，精度足够或正负已明即停。"
    ),
    "never more than this": "次数上限",
    "half-width over the baseline's mean": "置信区间半宽与基线均值之比",
    "stress of the verdict; none without it": "结论的稳健性检验；不写则不做",
    "what the study asks, as its report puts it": "研究的问题，按报告中的表述",
    "file of the posterior sample from which `--posterior N` draws, relative to the file that names it": (
        "后验样本文件，`--posterior N` 从中取样；路径相对于写明它的文件"
    ),
    "Repeats the verdict at both ends of the ranges of the assumed values that move it most.": (
        "对影响结论最大的几个假定值，在其区间两端重新得出结论。"
    ),
    "replications with which every assumed value that has a range is screened": "筛查每个有区间的假定值时的重复次数",
    "replications with which the verdict is repeated": "重新得出结论时的重复次数",
    "how many assumed values are shown": "列出几个假定值",
    "the policy that the question is about (a scenario file's name without .yaml); the first one compared if it is "
    "not among them": "问题所指的方案（情景文件名，不含 .yaml）；不在比较之列时取第一个",
    "the headline measure by which values are screened": "筛查所依据的主要指标",
    "measurement choices": "指标口径",
    "What is measured where.": "在哪一级统计什么。",
    "the tier between whose units outcomes are compared": "在哪一级的各单元之间比较均衡性",
    "`settled at or below the village` counts this tier and those below": "“化解在村及以下”统计到这一级为止",
    "a difference within this share of the baseline's mean counts as no difference": (
        "差异不超过基线均值的这一比例，视为无差异"
    ),
    # 日历
    "working days": "工作日",
    "China's statutory holidays and make-up working days, frozen into the resolved scenario as `listed`.": (
        "中国法定节假日与调休上班日；在解析后的情景里固定为 `listed`。"
    ),
    "which days are working days": "哪些天是工作日",
    "Working days are Monday to Friday less `closed_days`, plus `make_up_days`.": (
        "工作日为周一至周五，减去 `closed_days`，加上 `make_up_days`。"
    ),
    "weekdays that are public holidays": "放假的周一至周五",
    "weekend days worked in exchange (调休)": "调休上班的周末",
    "years whose holidays were not announced: fixed dates only, assumed": (
        "放假安排尚未公布的年份：只有固定日期，属假定"
    ),
    "Every day is a working day.": "每天都是工作日。",
    "working hours by id": "各工作时间表（按标识）",
    "Weekly windows of working hours.": "每周的工作时段。",
    "kind of calendar": "时间表类型",
    "the windows; they may not overlap": "各时段，不得重叠",
    "Hours worked on the listed weekdays: [opens, closes).": "所列各天的工作时段：含开始，不含结束。",
    "weekdays": "星期几",
    "opening time of day, HH:MM": "开始时刻，HH:MM",
    "closing time of day, HH:MM, up to 24:00": "结束时刻，HH:MM，最晚 24:00",
    "true: closed on public holidays, and a make-up working day has the windows of `make_up_as`; "
    "false: the weekly windows hold on every week of the year": (
        "true：节假日不上班，调休上班日按 `make_up_as` 的时段；false：全年每周照常"
    ),
    "the weekday whose windows a make-up working day takes": "调休上班日按星期几的时段",
    "Open at every second.": "全天候。",
    # 分布
    "shape": "分布类型",
    "mean": "均值",
    "the value": "取值",
    "standard deviation over mean": "标准差与均值之比",
    "Weibull shape": "威布尔形状参数",
    "smallest value": "最小值",
    "largest value": "最大值",
    "most likely value": "最可能值",
    "the values": "各取值",
    "weight of each value": "各取值的权重",
    # 单元与人员
    "units of each tier": "各级单元",
    "Units given by number: children are spread evenly over parents, the remainder to the first.": (
        "按数量给出：下级平均分到上级，余数给排在前面的。"
    ),
    "how the units are given": "单元的给法",
    "residents, spread evenly": "常住人口，平均分摊",
    "Units given by a CSV file; frozen into the resolved scenario as `table`.": (
        "由 CSV 文件给出；在解析后的情景里固定为 `table`。"
    ),
    "the file, relative to the scenario file": "文件，相对于情景文件的位置",
    "Units given row by row.": "逐行给出。",
    "the units": "各单元",
    "One unit of a `units.csv`.": "`units.csv` 的一个单元。",
    "the unit's own id": "单元编号",
    "its tier": "所属层级",
    "the unit above it; empty at the top tier": "上级单元；最高一级为空",
    "residents (lowest tier only)": "常住人口（只填最低一级）",
    "posts by staff group, where the file has `posts_<id>`": "各队伍岗位数（文件有 `posts_<id>` 列时）",
    "travel by base tier, where the file has `round_trip_hours_<tier>` (lowest tier only)": (
        "从各级驻地往返的时间（文件有 `round_trip_hours_<tier>` 列时；只填最低一级）"
    ),
    "households": "住户",
    "Households, which patrols visit.": "住户，排查时入户走访。",
    "persons per household": "户均人口",
    **STAFF_ZH,
    # 纠纷
    "how many disputes emerge": "产生多少纠纷",
    "Disputes emerge as a Poisson process given population, frailty, year effect and season.": (
        "给定人口、各地差异、年度效应和季节，纠纷按泊松过程产生。"
    ),
    "disputes that emerge": "纠纷产生率",
    "spread between home units; none without it": "各单元之间的差异；不写则无差异",
    "Gamma multiplier of a home unit's rate, mean 1.": "单元产生率的伽马乘数，均值 1。",
    "gamma shape: small means a few hot spots": "伽马形状参数：越小，越集中在少数热点",
    "true: one draw for the study; false: a new draw each replication": "true：整个研究只抽一次；false：每次重复另抽",
    "spread between years; none without it": "年度之间的差异；不写则无差异",
    "Gamma multiplier of a year's rate for the whole place, mean 1.": "全地区当年产生率的伽马乘数，均值 1。",
    "gamma shape": "伽马形状参数",
    "spread between months; none without it": "月份之间的差异；不写则无差异",
    "Relative rate by calendar month, normalised to a day-weighted mean of 1 over a 365-day year.": (
        "各月相对产生率；按 365 天的日加权均值归一为 1。"
    ),
    "January to December": "一月至十二月",
    "kinds of dispute by id": "各类纠纷（按标识）",
    "A kind of dispute.": "一类纠纷。",
    "share of emerging disputes; shares sum to 1": "占产生纠纷的比例；各类合计为 1",
    "households a dispute touches": "一件纠纷涉及的户数",
    "mean difficulty, relative: the share-weighted mean over categories is shifted to 0": (
        "平均难度（相对值）：按比例加权的总均值移到 0"
    ),
    "spread of difficulty": "难度的标准差",
    "effort of a session relative to the session's own mean": "每次处置的工时相对该环节均值的倍数",
    # 冲击与预防
    "shocks by id; none without it": "各次冲击（按标识）；不写则无",
    "A time in which some kinds of dispute emerge more or less often (灾害、征迁、停工), whatever the policy.": (
        "一段时间内某些类型的纠纷多发或少发（灾害、征迁、停工）；在各方案下都一样。"
    ),
    "first day, counted from the start date": "从第几天开始（自起始日计）",
    "how long it lasts": "持续天数",
    "rate of emergence relative to the usual, by category; categories left out stay as usual": (
        "产生率相对平时的倍数，按类型；未写的类型照常"
    ),
    "ids of the units that it strikes, of any tier, with all below them; the whole place without it": (
        "受影响单元的标识（任一级，含其下各单元）；不写则为全地区"
    ),
    "preventive measures by id; none without it": "各项预防措施（按标识）；不写则无",
    "A measure by which part of the disputes do not emerge (法治宣传、源头治理).": (
        "使一部分纠纷不再产生的措施（法治宣传、源头治理）。"
    ),
    "share of the disputes that still emerge among those it covers, by category; categories left out all emerge": (
        "所覆盖的纠纷中仍会产生的比例，按类型；未写的类型全部产生"
    ),
    "share of the disputes that it covers": "覆盖的纠纷比例",
    "latent phase; none without it": "潜伏期；不写则无",
    "The time before anyone knows; without this block every dispute reports itself at once.": (
        "无人知晓的阶段；不写此块，纠纷一产生即上门反映。"
    ),
    "time to self-report, by category": "当事人主动反映所需时间，按类型",
    "time from emergence to fading unseen": "从产生到自行消解（未被知晓）的时间",
    "factor on the time to self-report: above 1 where desks are far, below 1 where they are near; 1 without it": (
        "主动反映所需时间的倍数：路远大于 1，窗口近便小于 1；不写为 1"
    ),
    "patrol visits; none without it (needs `latent`)": "入户排查；不写则无（需有 `latent`）",
    "What a patrol visit takes and finds.": "一次入户排查的用时与发现率。",
    "time in the household": "入户用时",
    "probability that a visit to a household involved finds the dispute": "走访涉事户时发现纠纷的概率",
    "hardening; none without it": "矛盾激化加深；不写则无",
    "Difficulty grows with age until the cap.": "难度随时间增长，到上限为止。",
    "growth of difficulty": "难度增长",
    "age at which growth stops": "停止增长的时长",
    "incidents; none without it": "恶性事件；不写则无",
    "An unresolved dispute turns violent or into a mass petition (民转刑).": (
        "未化解的纠纷转为治安刑事案件或群体访（民转刑）。"
    ),
    "hazard of a latent dispute of its category's mean difficulty": "潜伏期、难度为本类均值的纠纷的发生率",
    "growth of the log hazard with difficulty": "对数发生率随难度的增长",
    "hazard once it has surfaced, relative to latent": "暴露后的发生率相对潜伏期的倍数",
    "ways in; without it all walk in at the lowest tier at once": "受理渠道；不写则都立即到最低一级反映",
    "A way in for disputes that report themselves; shares sum to 1.": "主动反映的渠道；比例合计为 1。",
    "kind of channel": "渠道类型",
    "share of self-reports": "占主动反映的比例",
    "the tier whose desk registers it": "在哪一级登记",
    "time from reporting to registration": "从反映到登记的时间",
    "probability of a wrong door, which costs the delay of a handover before registration; 0 without it": (
        "找错门的概率：登记前要多花一次移交的时间；不写则不会找错"
    ),
}
