"""The meanings of a study file's keys in Chinese, keyed by the English of the schema."""

from collections.abc import Mapping
from typing import Final

STUDY_MEANINGS_ZH: Final[Mapping[str, str]] = {
    "A complete study file.": "一份完整的研究文件。",
    "version of this format": "格式版本",
    "title of the study": "研究题目",
    "the question that it is to answer": "要回答的问题",
    "the baseline's scenario file, relative to this file": "基线方案文件，路径相对于本文件",
    "overlays laid on the baseline and on every point, relative to this file; none without it": (
        "加在基线和每个点上的叠加文件，路径相对于本文件；不写则没有"
    ),
    "one or two factors by id": "一个或两个因素，按代号",
    "what each point is compared with on the same disputes: the unchanged baseline, or the point with the first "
    "value of the first factor at the same value of the second (row)": (
        "每个点用同样的纠纷与谁比较：不变的基线（baseline），或第二个因素取值相同、第一个因素取第一个值的点（row）"
    ),
    "what all points must share; nothing without it": "各点必须相同之处；不写则不要求",
    "What every point must share with the baseline; a point that does not is refused.": (
        "每个点必须与基线相同之处；不符的点不予运行。"
    ),
    "as many posts in all": "岗位总数相同",
    "the payroll differs by at most this share of the baseline's; not looked at without it": (
        "全年人力成本与基线之差不超过基线的这一比例；不写则不要求"
    ),
    "measures that are plotted and judged, the most important one first; the headline measures without it": (
        "作图并判断的指标，最要紧的放在最前；不写则用主要指标"
    ),
    "A measure that is plotted and judged.": "作图并判断的一项指标。",
    "the measure's id": "指标代号",
    "of this tier; of the whole place without it": "只看这一层级；不写则为全地",
    "of this staff group": "只看这类人员",
    "of this kind of dispute": "只看这类纠纷",
    "seed of all random draws; the baseline's without it": "全部随机数的种子；不写则用基线的",
    "replications of every point; as the baseline says without it": "每个点的重复次数；不写则按基线",
    "what is varied": "改变的是什么",
    "name of the factor": "因素名称",
    "One value of the scenario, by its path.": "方案中的一个数值，按路径给出。",
    "the path of the value, as in the changes of an overlay": "数值的路径，写法同叠加文件的改动",
    "the values, in the order in which they are shown": "各取值，按显示的顺序",
    "Several values that move together, by changes as in an overlay.": "几个数值一起变，写法同叠加文件的改动。",
    "changes as in an overlay; where one leaves out its value, factor, amount or share, the factor's value stands": (
        "写法同叠加文件的改动；略去 value、factor、amount 或 share 之处，用因素的取值"
    ),
    "Levels with overlays or changes of their own.": "各水平各有自己的叠加文件或改动。",
    "changes at every level, before its own; where one leaves out its operand, the level's value stands": (
        "每个水平都做的改动，先于该水平自己的改动；略去操作数之处，用该水平的取值"
    ),
    "levels by id, in order": "各水平，按代号，依次排列",
    "One level of a factor: overlays and changes that are laid over the baseline.": (
        "因素的一个水平：加在基线上的叠加文件和改动。"
    ),
    "name of the level; its value without it": "水平的名称；不写则显示取值",
    "its value, for the axis and for changes that leave theirs out; all levels have one or none has": (
        "水平的取值，用于坐标轴，也用于略去操作数的改动；各水平要么都写，要么都不写"
    ),
    "overlay files, relative to this file; none without it": "叠加文件，路径相对于本文件；不写则没有",
    "changes as in an overlay; none without it": "写法同叠加文件的改动；不写则没有",
}
