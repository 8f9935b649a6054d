"""The meanings of the keys of panels, meetings and meeting days in Chinese, keyed by the English of the schema."""

from collections.abc import Mapping
from typing import Final

SITTING_TOGETHER_ZH: Final[Mapping[str, str]] = {
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
    "定期议事: the cases on the docket one after the other when the next meeting opens.": (
        "定期议事：案件排入议程，下次开会时逐件办理。"
    ),
    "首问首办: whoever held a case's first session sits at the panels above, unless their staff do so already.": (
        "首问首办：首次承办案件的队伍参加上级的集体会诊；该队伍已有人到场的除外。"
    ),
    "the first handler sits at the panels above; not without it": "首办人参加上级会诊；不写则不参加",
    "ability added by the one who knows the case": "首办人熟悉案情增加的化解能力",
    "meeting days: each window is a meeting": "会期：每个时段开一次会",
    "time for each case": "每件用时",
    "ability gained by meeting in the open": "公开议事增加的化解能力",
    "Hours on the days of every month whose number ends in one of some digits (逢七、逢集): [opens, closes).": (
        "每月日期尾数为所列数字的各天（逢七、逢集）的时段：含开始，不含结束。"
    ),
    "how the days are given": "日期的写法",
    "last digits of the day's number": "日期的尾数",
    "Hours on some days of every month, left out in months without them: [opens, closes).": (
        "每月所列各日的时段，当月没有该日则略过：含开始，不含结束。"
    ),
    "the day's number": "几号",
    "Windows on days of the month, whatever the weekday and on public holidays too.": (
        "按每月日期的时段，不论星期几，节假日照常。"
    ),
}
