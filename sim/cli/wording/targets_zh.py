"""What is wrong with a targets file, in Chinese: by code, clauses of one line."""

from collections.abc import Mapping
from typing import Final

_ALLOWED: Final = "可用：{allowed}"
_MEANT: Final = "是不是想写“{suggestion}”？"

TARGETS_PROBLEMS: Final[Mapping[str, tuple[str, ...]]] = {
    "file_is_targets": ("这是校准目标文件，不是方案文件", "请用 `calibrate` 校准"),
    "targets_expected": (
        "这不是校准目标文件：既没有 `targets_version` 也没有 `parameters`",
        "单个方案用 `run`，研究文件用 `sweep`",
    ),
    "targets_version_unsupported": (
        "不认识这一版的校准目标文件格式：{found}",
        "请写 `targets_version: {supported}`，再按提示修改",
    ),
    "verify_without_targets": (
        "找不到它的校准目标文件 {name}",
        "请在当初校准时所在的项目文件夹中复核",
    ),
    "transfer_not_fitted": (
        "{place} 尚未校准，没有 {missing}",
        "请先运行 `calibrate {targets} --adopt`",
    ),
    "transfer_out_of_date": (
        "{place} 的校准结果早于其校准目标文件，其中没有 {missing}",
        "请重新运行 `calibrate {targets} --adopt`",
    ),
    "fit_needs_block": ("校准要推算纠纷随拖延变难的速度，而基线方案没有 `{key}` 一节", "请在基线方案中补上"),
    "fit_tiers_up_to_village": (
        "村内化解占比只能分给一个或两个层级，而这里受理纠纷的有：{found}",
        "请改用村及以下只有一个或两个层级受理纠纷的基线方案",
    ),
    "fit_needs_one_count": (
        "发现率只能用一项 disputes_found_count 数据校准，这里有 {found} 项",
        "其余的请写 `held_out: true`",
    ),
    "fit_needs_other_figure": ("除排查发现数外没有用于校准的数据，仿真无从校准其他参数", "请至少再加一项"),
    "parameter_unknown": (
        "没有名为“{found}”的推算参数",
        "请用 `sets` 写明它决定哪些数值，或改用无需 `sets` 的参数",
        _ALLOWED,
        _MEANT,
    ),
    "parameter_derives": ("{key} 是推算其他数值的参数，本身不直接设定数值", "请删去 `sets`，或换一个代号"),
    "parameter_path_twice": ("{key} 已由参数 {found} 设定",),
    "parameter_sets_no_number": (
        "{key} 为 {found}，先验分布只用于可取小数的数值",
        "整数用 `ranged_assumptions: triangular` 在各自的取值范围内变化",
    ),
    "parameter_sets_derived": ("{key} 由其他数值推算，写入后会被覆盖", "请改用推算它的参数，如 {suggestion}"),
    "parameter_without_record": ("这里没有记录口径的数据，这个参数不起作用", "需要有 {allowed} 的目标"),
    "parameter_lowest_tier_silent": ("最低层级 {tier} 无人受理纠纷，化解不了其中任何部分", "请删去这个参数"),
    "parameter_transferred_with_prior": (
        "借用他地的参数不另设先验分布",
        "请删去 `prior`，或写明先验分布的依据：reported、literature 或 assumed",
    ),
    "parameter_not_transferred": ("没有可借用的地方", "请补上 `transferred_from`，或写明 `prior` 及其依据"),
    "parameter_unknown_there": ("{in_file} 中没有可借用的参数“{found}”", "请另写 `prior`", _ALLOWED, _MEANT),
    "prior_without_end": ("对数正态分布没有上限，而此值不得大于 {maximum}", "请改用 uniform 或 triangular"),
    "target_figure_unknown": ("台账中没有数据“{found}”", "可用：calibration/figures.csv 中的编号", _MEANT),
    "target_figure_twice": ("数据 {key} 已用于目标 {found}", "同一依据只能用一次，请删去一处"),
    "target_unit_differs": ("数据 {key} 的单位是 {found}，与 {quantity} 不符", "单位应为：{allowed}"),
    "target_without_units": ("`{key}` 只用于 {quantity}", "请删去"),
    "target_without_error": (
        "用于校准的数据要写 `error`，说明允许相差多少",
        "请补上，或写 `held_out: true`",
    ),
    "target_held_out_with_error": ("留作检验的数据只作对照，不写 `error`", "请删去，或去掉 `held_out`"),
    "target_fitted_though_transferred": (
        "参数借用他地的地方不用本地数据校准",
        "请写 `held_out: true`，或删去 `transferred_from`",
    ),
    "targets_all_held_out": (
        "没有用于校准的数据：目标全部留作检验，或没有目标",
        "请用其中一项校准，或用 `transferred_from` 写明借用何地的结果",
    ),
    "targets_without_fit": ("写了 `transferred_from` 就不做校准，此处不起作用", "请删去"),
    "transfer_of_transfer": ("{name} 本身也是借用他地的", "请写做过校准的地方的文件"),
    "posterior_too_few_accepted": (
        "只有 {maximum} 行被接受，不足以抽取 {found} 次",
        "抽取次数不得超过 `rows` 与 `accepted_share` 的乘积",
    ),
}
"""Merged into the catalogue of all problems."""
