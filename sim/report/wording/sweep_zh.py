"""Chinese sentences of the report of a sweep."""

from typing import Final

SENTENCES: Final = {
    # --- page ---
    "title_sweep": "{place}：{name}",
    "meta_line_sweep": "运行编号 {run_id} · 随机种子 {seed} · 共 {points} 个点，每个点模拟 {count} 次",
    "sweep_varied": "在“{baseline}”上改变：",
    "sweep_values": "取值：{values}",
    "sweep_paired_baseline": "每个点都用同一批纠纷和同样的随机数与不变的基线方案比较。",
    "sweep_paired_row": (
        "每个点都用同一批纠纷和同样的随机数，与同一行中“{factor}：{level}”的点比较：每一行各自回答，多做一些有没有用。"
    ),
    "sweep_equal_headcount": "各点总人数相同。",
    "sweep_equal_payroll": "各点的全年人力成本相差不超过 {share}。",
    "sweep_measure_of": "{measure}（{part}）",
    "sweep_factor_at": "{factor}：{level}",
    # --- answer ---
    "sweep_gain": "有得无失（至少一项指标更好，没有一项更差）：{levels}",
    "sweep_mixed": "有得有失（有的指标更好，有的更差）：{levels}",
    "sweep_loss": "有失无得（至少一项指标更差，没有一项更好）：{levels}",
    "sweep_same": "分不出高下：{levels}",
    "sweep_lead_first": "{measure}——{sentence}",
    "sweep_lead_alone": "{factor}——{parts}。",
    "sweep_lead_row": "{row_factor}为 {row_level} 时——{parts}。",
    "sweep_level_separator": "、",
    "sweep_part_separator": "；",
    "sweep_at_levels": "{levels} 时{verdict}",
    "sweep_at_one_level": "{levels} 时{verdict}（{difference}）",
    "sweep_at_levels_best": "{levels} 时{verdict}，幅度最大在 {best}（{difference}）",
    "sweep_turn": "由 {before} 到 {after}，从{one}转为{other}",
    "sweep_no_difference": "没有可以判断的差别",
    "sweep_measure_alone": "{parts}。",
    "sweep_measure_row": "{row_level}：{parts}。",
    "sweep_by_measure": "逐项指标看",
    "sweep_legend": (
        "“更好”“更差”：差别的方向在 {level} 水平上已经明确（对各点、各指标共 {count} 项比较作了 Holm 校正），但不等于"
        "差别很大；“无实际差别”：方向不明，且差别即使有，也在对照均值的 {indifference} 以内；“尚难判断”：方向不明，也"
        "不能排除较大的差别。"
    ),
    "sweep_assumed": "以上只在模型的 {count} 个假定值之下成立；除上列因素外，本研究没有改变其他假定。",
    # --- headings, tables ---
    "heading_curve": "逐点变化",
    "heading_points": "全部点",
    "table_sweep_verdicts": "各点的判断",
    "table_sweep_note": (
        "括号内为 {level} 置信区间；占比之差以百分点计。水平的区间按指标的可能取值截断。sweep.csv 中有同样的数字，不作"
        "舍入。"
    ),
    "head_difference_of_point": "与比较对象之差",
    "head_relative_of_point": "相对比较对象",
    "sweep_is_reference": "即比较对象",
    # --- figures ---
    "title_sweep_levels": "各点的水平",
    "reading_sweep_levels": (
        "每个点是各次模拟的均值和 {level} 区间，区间也包含年份之间的差异；点线为基线方案。各图纵轴刻度不同。"
    ),
    "title_sweep_differences": "各点的差别",
    "reading_sweep_differences": (
        "每个点是用同一批纠纷得到的差别和 {level} 区间，零线表示没有差别。蓝色圆点明确更好，橙色方块明确更差。各图纵轴"
        "刻度不同。"
    ),
    "title_sweep_map": "两个因素下的差别",
    "reading_sweep_map": (
        "每一格是一个点的差别。蓝色更好，橙色更差，颜色越深差别越大，方向不明的颜色减淡（没有好坏之分的指标：浅蓝为升"
        "高，黄色为降低）；标记表示方向是否明确。各图颜色深浅各自定标；灰格即比较对象。"
    ),
    "figure_sweep_baseline": "基线方案",
    "figure_sweep_difference": "差别",
    "figure_sweep_difference_in": "差别（{unit}）",
    "figure_sweep_same": "即比较对象",
    "figure_sweep_better_when_higher": "↑ 越高越好",
    "figure_sweep_better_when_lower": "↓ 越低越好",
    # --- method, warnings ---
    "method_sweep_replications": "每个点模拟 {count} 次。{reason}",
    "stop_sweep_criteria_met": (
        "到这一次数时，各点各项指标的区间半宽都不超过对照均值的 {precision}，或者差别的方向已经明确，因此停止。"
    ),
    "stop_sweep_cap_reached": "达到上限 {cap} 次而停止，仍有指标不够精确。",
    "stop_sweep_fixed": "次数是事先指定的。",
    "method_sweep_paired": (
        "各点与比较对象逐次相减，因此差别的区间比水平的区间窄得多；差值的区间为 {level} 的 t 区间，判断按 Holm 方法作"
        "多重比较校正。相邻各点使用同样的随机数：一个点的结果不是另一个点的独立佐证。"
    ),
    "warning_sweep_unpaired": (
        "有 {count} 个点面对的纠纷与比较对象不是同一批，只能按相互独立的两组模拟比较，区间较宽（{points}）。"
    ),
    "warning_sweep_cap_reached": (
        "模拟次数达到上限 {cap} 次，仍有指标不够精确：标为“尚难判断”的，多模拟几次可能会分明。"
    ),
    "warning_sweep_truncation_after_warmup": (
        "{tier}：{all} 个方案中有 {count} 个的预热似乎不止设定的 {warmup_days} 天（{points}）。"
    ),
    "warning_sweep_truncation_beyond_half": (
        "{tier}：{all} 个方案中有 {count} 个看不出何时进入常态，设定的 {warmup_days} 天可能不够（{points}）。"
    ),
    "warning_sweep_stock_still_changing": (
        "{tier}：{all} 个方案中有 {count} 个在 {warmup_days} 天之后积压仍逐年变动，在那里可能长期超负荷（{points}）。"
    ),
    "sweep_baseline_point": "基线方案",
    "reproduce_sweep_fields": (
        "运行编号 {run_id}，随机种子 {seed}，每个点 {count} 次。每个点的全部取值见同一文件夹中的 "
        "scenario.*.resolved.yaml。"
    ),
}
