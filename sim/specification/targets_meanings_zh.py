"""The meanings of a targets file's keys and words in Chinese, keyed by the English."""

from collections.abc import Mapping
from typing import Final

TARGETS_MEANINGS_ZH: Final[Mapping[str, str]] = {
    "A complete targets file.": "一份完整的校准目标文件。",
    "id of the place; what is fitted is named by it": "地方的代号，校准结果以它命名",
    "title of the fit": "校准的标题",
    "what it is, in a sentence or two; nothing without it": "用一两句话说明；可不写",
    "the span that is simulated": "模拟的时段",
    "The span that is simulated, from the baseline's start date.": "模拟的时段，自基线方案的起始日起。",
    "whole years before the record": "记录期之前的整年数",
    "years of the record that the figures are of": "数据所属的记录期，年数",
    "days after the record in which its last disputes end": "记录期之后的天数，让期末的纠纷有个结果",
    "the prior simulations; not where nothing is fitted": "按先验分布做的模拟；不做校准则不写",
    "Simulations with values drawn from the priors; every one is a row.": (
        "从先验分布抽取参数做模拟，每次模拟为一行。"
    ),
    "simulations": "模拟次数",
    "the posterior sample": "后验样本",
    "How values are drawn that fit the figures.": "怎样抽取与数据相符的参数值。",
    "draws that are kept": "保留的抽样次数",
    "part of the rows that lie nearest to the figures and from which it is drawn; not where nothing is fitted": (
        "取与数据最接近的这一部分行，从中抽样；不做校准则不写"
    ),
    "of these draws, those that are simulated again for what the fit implies": (
        "其中用来再次模拟的次数，以看校准结果意味着什么"
    ),
    "whether every other assumed value of the baseline that has a range varies too, its stated value the likeliest "
    "and its range the ends": (
        "基线方案中其他有取值范围的假定值是否也变化（triangular：以所写数值为最可能值、以范围为两端；none：不变）"
    ),
    "the place whose posterior is taken over; the place is fitted to its own figures without it": (
        "借用哪个地方的校准结果；不写则用本地数据校准"
    ),
    "The place whose posterior is taken over, its own figures saying nothing.": (
        "本地数据说明不了问题时，借用校准结果的地方。"
    ),
    "that place's targets file, relative to this file": "那个地方的校准目标文件，路径相对于本文件",
    "factor on the spread of every parameter that is taken over, on its own scale": (
        "所借用的每个参数的离散程度放宽到几倍，按各参数自己的尺度"
    ),
    "parameters by id": "参数，按代号",
    "A quantity that nobody knows and that the figures may tell something about.": (
        "没有人确知、而数据或许能说明一二的量。"
    ),
    "paths of the values of the scenario that it is written to, all the same; without it the parameter is one of "
    "those from which abilities, hardening, durability and the rate of emergence are derived": (
        "它所设定的方案数值的路径，各处取同一个数；不写则须是用来推算能力、难度增长、协议稳固程度和纠纷产生率的参数之一"
    ),
    "what is known of it before the figures; without it, what another place's figures leave of it, widened": (
        "看到数据之前对它的了解（先验分布）；不写则借用另一地的校准结果并放宽"
    ),
    "on what the prior rests; `transferred`: on the fit of another place": (
        "先验分布的依据；`transferred` 表示借用他地的校准结果"
    ),
    "figures or sources of the ledger, or `citation: …`; only what is assumed or transferred goes without": (
        "台账中的数据或来源，或 `citation: …`；只有假定和借用的可以不写"
    ),
    "figures by id, fitted or held out; none without it": "目标数据，按代号，用于校准或留作检验；可没有",
    "A reported figure and what of the simulation answers it.": "一项公开数据，以及模拟中与之对应的量。",
    "id of the figure in the ledger, which has its value, unit and bound": "台账中数据的编号，数值、单位和界限见台账",
    "what of the simulation answers it": "模拟中与之对应的量",
    "of whose units; only of units without an event": "看哪一层级的单位；只用于“未发生事件的单位数”",
    "what none of them may have had, all together; only of units without an event": (
        "这些事件一件都没有发生，合并计算；只用于“未发生事件的单位数”"
    ),
    "not fitted to, only compared with": "留作检验，不参与校准，只作对照",
    "how closely it is to be met; not for a figure held out": "允许相差多少；留作检验的数据不写",
    "what a reader must know of the comparison; nothing without it": "对照时需要说明的事项；可不写",
    "How far the model's answer may lie from the figure, counting errors of the simulation apart.": (
        "模拟结果与数据之间允许的差距，不含模拟本身的随机误差。"
    ),
    "the scale on which both are compared: log of a count or rate, logit of a share (of a count of units: of all)": (
        "比较所用的尺度：件数和比率用对数（log），占比用 logit（单位数按占全部单位的比例计）"
    ),
    "standard deviation of the difference that remains because the record is not the truth and the model is not the "
    "place": "记录不等于事实、模型不等于实际，由此留下的差异的标准差",
    "why so much": "为什么取这么大",
    "Every value between the ends is as likely as any other.": "两端之间各值可能性相同。",
    "Likeliest at the mode, less likely towards the ends.": "众数处最可能，越近两端越不可能。",
    "Lognormal with the given median and so wide that 90 % lie between two values.": (
        "对数正态分布，给出中位数，90%的可能落在两个数之间。"
    ),
    "median": "中位数",
    "two values between which 90 % lie, on either side of the median": "90%的可能落在其间的两个数，分居中位数两侧",
    # --- parameters without `sets` ---
    "disputes found, as recorded; the rate of emergence is this over the share that surfaces and is recorded": (
        "记录在案的排查发现纠纷；除以暴露并记录在案的比例，即为纠纷产生率"
    ),
    "recorded, of the disputes that surface; all of them where it is left out": (
        "已暴露的纠纷中记录在案的比例；不写则视为全部记录"
    ),
    "truly settled in the village, of the disputes found; by the lowest tier and the village together": (
        "发现的纠纷中在村内实际化解的比例，最低层级与村合计"
    ),
    "part of it that the lowest tier settles; only where that tier hears disputes": (
        "其中由最低层级化解的部分；只用于最低层级受理纠纷的地方"
    ),
    "settled of the cases that reach the town": "到乡镇的纠纷在乡镇化解的比例",
    "settled of the cases that reach the county": "到县级的纠纷在县级化解的比例",
    "success that ten days of delay cost at the lowest tier": "在最低层级，每拖延十天化解率下降多少",
    "agreements that break within a year": "一年内又起争执的协议比例",
    "where the ability of cadres sent down lies between the lowest tier's (0) and the town's (1)": (
        "下沉干部的能力在最低层级（0）与乡镇（1）之间的位置"
    ),
    "part of what is not settled that is recorded as settled; changes what is compared, not what is simulated": (
        "未化解而记为已化解的部分；只影响与数据的对照，不影响模拟"
    ),
    # --- quantities ---
    "disputes that became known over the years of the record": "记录期内发现的纠纷数",
    "of these, those that the record counts as settled in the village": "其中记录为在村内化解的比例",
    "units of a tier none of whose disputes met any of the events over the years of the record": (
        "某一层级中，记录期内所有纠纷都没有发生这些事件的单位数"
    ),
    "disputes settled by mediation, at any tier, a year": "每年在任一层级调解成功的纠纷数",
    "cases that a full-time post of town and county takes up a year": "乡镇和县级每个专职岗位每年受理的纠纷数",
    "of the disputes settled, those that volunteers and part-timers settled": (
        "已化解的纠纷中由志愿者和兼职人员化解的比例"
    ),
    # --- events ---
    "a dispute was not settled in the village and went on": "有纠纷未在村内化解而继续上行",
    "a dispute was handed up to the county": "有纠纷上交县级",
    "a dispute turned violent or criminal": "有纠纷转为暴力或刑事案件（民转刑）",
    "a group went over the tiers' heads to petition": "有群体上访（越级）",
}
