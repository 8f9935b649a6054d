"""The meanings in Chinese of the keys of casework: tiers and sessions, triage and queues, settlement, what follows."""

from collections.abc import Mapping
from typing import Final

CASEWORK_ZH: Final[Mapping[str, str]] = {
    # 层级与处置
    "tiers by id, lowest first": "各层级（按标识），自下而上",
    "A level of mediation; tiers are listed lowest first.": "一个调解层级；自下而上排列。",
    "what it is, so that overlays can address tiers of any place": "层级类别，便于叠加文件指向任一地区的同类层级",
    "sessions tried in order; empty: the tier passes every case up": "依次进行的处置环节；为空则该级一律上交",
    "登记受理: effort, no settlement test; first in the list.": "登记受理：只占工时，不产生化解；须排第一。",
    "坐班门诊: the parties come in.": "坐班门诊：当事人上门。",
    "进村出诊: the mediator travels to the parties.": "进村出诊：调解员上门。",
    "集体会诊: one member of each group at once; the lead always, each other group if it attends.": (
        "集体会诊：各队伍各出一人同时到场；牵头队伍必到，其他队伍到场才算。"
    ),
    "staff groups that sit together: the lead first, then the others, of any tier": (
        "一同到场的队伍：牵头的在前，其余随后，可属任一层级"
    ),
    "probability that a group attends; every group but the lead": "队伍到场的概率；除牵头队伍外逐一写明",
    "ability added by a group that attends; every group but the lead": "队伍到场增加的化解能力；除牵头队伍外逐一写明",
    "effort of each member without travel": "每名成员所需工时（不含路途）",
    "true: the members travel to the parties; false: the parties come in": "true：成员上门；false：当事人前来",
    "how it is held": "方式",
    "staff groups that may hold it, the preferred first": "可承办的队伍，优先者在前",
    "staff effort": "所需工时",
    "staff effort without travel": "所需工时（不含路途）",
    "kinds of dispute it is held for, others skip it; all without it": (
        "受理的纠纷类别，其他类别跳过该环节；不写则全部受理"
    ),
    "ability gained by meeting at home": "上门调解增加的化解能力",
    "time between two sessions; none without it": "两次处置之间的间隔；不写则无间隔",
    "limit from arrival at the tier": "到达该级起的办理期限",
    "hands up more when busy; not without it": "忙时多上交；不写则不因忙上交",
    "A tier under load hands up cases before they join a queue of its sessions.": (
        "负荷重的层级，案件还没排队就往上交。"
    ),
    "requests waiting per post of the session's staff from which the tier counts as busy": (
        "承办人员每岗排队件数达到此数即算忙"
    ),
    "probability that a busy tier hands a case up instead of queueing it": "忙时直接上交、不再排队的概率",
    "sessions that must have been held before a deadline or load sends a case up; none without it": (
        "未经这些环节，不得因超期或忙而上交；不写则无此要求"
    ),
    "settlements on paper; records are true without it": "纸面化解；不写则台账属实",
    "Under pressure to hand nothing up, a case due to be handed up is recorded as settled and comes back later.": (
        "考核要求“不上交”的压力下，本应上交的案件在台账上记为已化解，日后再冒出来。"
    ),
    "probability that a case due to be handed up is recorded as settled instead": "本应上交而被记为已化解的概率",
    "time until it comes back, at the parent": "多久以后在上一级重新冒出",
    "tiers under pressure": "受此压力的层级",
    "A limit: it ends at 24:00 of the n-th day after the day it starts to run.": (
        "期限：自起算日的次日数起，第 n 日 24:00 届满。"
    ),
    "limit": "期限",
    "which days count": "按工作日还是自然日计",
    # 分流与排队
    "where a case starts": "案件从哪一级办起",
    "Every case starts at the lowest tier.": "都从最低一级办起。",
    "Every case starts at its channel's tier.": "从渠道所在一级办起。",
    "triage rule": "分流规则",
    "Graded triage (微事、小事、大事、难事) by perceived difficulty.": (
        "按判断的难度分级处置（微事、小事、大事、难事）。"
    ),
    "at registration, or after the intake session of the tier that registers the case": (
        "登记时分流，或在登记那一级的登记受理之后分流"
    ),
    "error in judging difficulty": "判断难度的误差",
    "micro matters; none without it": "微事；不写则不设",
    "微事自办: the parties try by themselves first.": "微事自办：当事人先自行协商。",
    "perceived difficulty below which a matter is micro": "判断难度低于此值为微事",
    "time they take": "自办所用时间",
    "ability of the parties themselves": "当事人自行化解的能力",
    "small matters": "小事",
    "large matters": "大事",
    "hard matters": "难事",
    "Matters whose perceived difficulty is below a threshold start at a tier.": "判断难度低于阈值的事项从某一级办起。",
    "All harder matters start at a tier.": "更难的事项从某一级办起。",
    "threshold of perceived difficulty": "判断难度的阈值",
    "tier at which they start": "从哪一级办起",
    "tiers that judge again on arrival and may send a case back down once": "到达时再次研判、可退回下级一次的层级",
    "who is served first": "先办哪件",
    "Order of service: class, then due time if so chosen, then time of joining, then dispute id.": (
        "办理次序：先看优先级，再看到期时刻（如选用），再看排队先后，最后看编号。"
    ),
    "order within a class": "同级之内的次序",
    "priority classes; one class without it": "优先级；不写则不分级",
    "Classes by category; a lower class is served first.": "按纠纷类型分级；数小者先办。",
    "what the class depends on": "按什么分级",
    "class of every category": "各类纠纷的级别",
    "Classes by perceived difficulty on joining the queue.": "按排队时判断的难度分级。",
    "rising thresholds between classes": "级与级之间的阈值，递增",
    # 化解与流转
    "what settles a dispute": "化解的决定因素",
    "What settles a session beyond ability, authority, bonus and difficulty.": (
        "能力、职权、加成和难度之外的化解因素。"
    ),
    "ability gained with each further session at a tier": "在同一级每多一次处置增加的能力",
    "share of the luck that all sessions of a dispute have in common": "同一纠纷各次处置共有的偶然因素比例",
    "effort grows with difficulty; not without it": "工时随难度增长；不写则不增长",
    "Harder disputes take longer: effort × exp(slope × (difficulty − its category's mean)).": (
        "越难越费时：工时 × exp(斜率 × (难度 − 本类均值))。"
    ),
    "growth of log effort with difficulty": "对数工时随难度的增长",
    "cost of passing a case on; free and instant without it": "移交的代价；不写则即时且无成本",
    "What passing a case to another tier costs.": "把案件移交另一级的代价。",
    "time until it arrives": "移交所需时间",
    "staff effort of the sender, for which the case does not wait": "移出方的工时（案件不等待）",
    "limit from registration, all tiers together": "登记起的总期限，各级合计",
    "patience of the parties; endless without it": "当事人的耐心；不写则无限",
    "How long parties bear with all tiers together, and what they do then; shares sum to 1.": (
        "当事人对各级合计能等多久、之后怎么办；比例合计为 1。"
    ),
    "calendar time from surfacing": "从暴露起的自然时间",
    "give up": "放弃",
    "go to court": "起诉",
    "petition the top tier (越级)": "越级上访",
    "time from withdrawal until the quarrel fades": "从放弃到矛盾自行平息的时间",
    "cases open at time 0; none without it": "起始时在办的案件；不写则无",
    "Cases already open at time 0, in the home units by rate.": "起始时已在办的案件，按产生率分到各单元。",
    "open cases": "在办案件数",
    "age at time 0": "起始时已有的时长",
    "difficulty above that of a new dispute": "比新纠纷高出的难度",
    # 化解之后
    "whether agreements hold; for ever without it": "协议能否履行；不写则不会反悔",
    "An agreement is tried once; where it breaks, the quarrel is back as a further episode of the dispute.": (
        "协议经受一次考验；反悔的，矛盾复发，作为同一纠纷的又一轮。"
    ),
    "time from settlement to the day on which the agreement is tried": "从化解到协议经受考验的时间",
    "strength of an agreement against the difficulty at which it was reached": "协议的牢固程度（与达成时的难度相比）",
    "episodes a dispute can have; the last agreement is not tried, so 1 switches breach off": (
        "一件纠纷最多几轮；最后一轮的协议不再受考验，故 1 即不启用"
    ),
    "difficulty that each further episode adds": "每复发一轮增加的难度",
    "where a broken agreement is taken up: at the tier that settled it, at the tier above, or by triage anew": (
        "反悔后从哪里办起：原化解的一级、其上一级，或重新分流"
    ),
    "visits after a settlement; none without it": "化解后的回访；不写则不回访",
    "回访: visits by the settling staff, of the lowest priority, that make an agreement more durable.": (
        "回访：由原化解人员上门，优先级最低，使协议更牢固。"
    ),
    "rising days after the settlement on which a visit is due; an empty list switches visits off": (
        "化解后第几天应回访，依次增大；空表即不回访"
    ),
    "staff effort of a visit without travel": "一次回访的工时（不含路程）",
    "durability gained with each completed visit": "每完成一次回访增加的牢固程度",
    "working time of the settling staff after which a visit not started is skipped": (
        "超过多少工作小时仍未开始的回访不再进行"
    ),
}
