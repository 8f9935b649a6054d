"""Chinese sentences, headings and column heads; the names of measures and keys are in zh_terms.py."""

from typing import Final

SENTENCES: Final = {
    # --- joining ---
    "list_separator": "、",
    "path_separator": " · ",
    "sentence_separator": "",
    "with_unit": "{name}（{unit}）",
    "interval": "{mean}（{low} ～ {high}）",
    "range": "{low} ～ {high}",
    "difference_in_points": "{difference} 个百分点",
    "difference_in_unit": "{difference} {unit}",
    "session_label": "第 {ordinal} 环节（{mode}）",
    "stress_end": "{item}：{value}",
    "value_with_unit": "{value} {unit}",
    "none": "无",
    # --- page ---
    "html_language": "zh-CN",
    "title_comparison": "{place}矛盾纠纷分级化解：政策比较报告",
    "title_single": "{place}矛盾纠纷分级化解：模拟报告",
    "meta_line": "运行编号 {run_id} · 随机种子 {seed} · 每个方案模拟 {count} 次",
    "skip_to_answer": "跳到结论",
    "figure_data": "作图数据：{file}",
    "figure_alternative": "图：{title}。{reading}",
    "footer_font": "页面内嵌字体为思源黑体简体（Noto Sans SC）的子集，按 SIL 开放字体许可证 1.1 版使用。",
    "footer_model": "数字来自模型，不是统计数据；真实化解率不同于台账上的化解率。",
    # --- headings ---
    "heading_question": "问题",
    "heading_answer": "结论",
    "heading_turns": "什么会改变结论",
    "heading_policies": "逐个方案看",
    "heading_headline": "主要指标",
    "heading_ends": "纠纷去了哪里",
    "heading_days": "多久了结",
    "heading_load": "忙闲与积压",
    "heading_tiers": "各层级情况",
    "heading_equity": "各单位之间是否均衡",
    "heading_robustness": "结论牢不牢",
    "heading_changes": "各方案改动了什么",
    "heading_further": "其他指标",
    "heading_assumptions": "数据依据与假定",
    "heading_method": "模拟方法",
    "heading_warnings": "使用时请注意",
    "heading_reproduce": "如何复现",
    # --- question ---
    "question_comparison": (
        "在{place}，与“{baseline}”相比，下列 {count} 个方案能否让矛盾纠纷更多、更快地就地化解，少出事、少诉讼、少上交，"
        "而且不多花人力？"
    ),
    "question_single": (
        "在{place}，按“{scenario}”办理，矛盾纠纷会怎样：化解多少、拖延多久、有多少引发案（事）件、转入诉讼或上交？"
    ),
    "question_baseline": "作为对照：",
    # --- answer ---
    "answer_gain": "有得无失（至少一项主要指标更好，没有一项更差）：{policies}。",
    "answer_mixed": "有得有失（有的主要指标更好，有的更差）：{policies}。",
    "answer_loss": "有失无得（至少一项主要指标更差，没有一项更好）：{policies}。",
    "answer_same": "与基线方案分不出高下：{policies}。",
    "answer_level": "{measure}：{value}",
    "answer_policy_part": "{verdict} {count} 项：{measures}",
    "answer_measure_with_difference": "{measure}（{difference}）",
    "answer_verdict_table": "各方案在主要指标上的判断",
    "answer_verdict_legend": (
        "“更好”“更差”：差别的方向在 {level} 水平上已经明确（对全部 {count} 项比较作了 Holm 校正），但不等于差别很大；“"
        "无实际差别”：方向不明，且差别即使有，也在基线均值的 {indifference} 以内；“尚难判断”：方向不明，也不能排除较大"
        "的差别。"
    ),
    "turns_none_tested": "本次运行没有检验假定值对结论的影响：下面的判断只在所列假定之下成立。",
    "turns_none_found": "把影响最大的 {count} 个假定值分别取到合理范围的两端，已经明确的判断没有一项改变。",
    "turns_found": (
        "下列数值只是假定，没有实测依据；取到合理范围的一端时，结论会变（箭头依次为范围低端、现取值、范围高端时的判断）："
    ),
    "turns_item": "“{path}”现取 {base}，范围 {range}：",
    "turns_change": "{policy}，{measures}：{low} → {base} → {high}",
    "turns_tested": (
        "共检验了 {screened} 个给出范围的假定值（以“{policy}”在“{measure}”上与基线之差的变动为准），对其中影响最大的 "
        "{count} 个重新作了判断。每次重新判断只模拟 {replications} 次，少于下文各表，因此这里明确的差别也较少。"
    ),
    "turns_not_tested": "另有 {count} 个假定值没有给出范围，没有检验。",
    "turns_not_possible": "有 {count} 个假定值取到范围一端时方案无法成立，没有检验：{paths}。",
    "turns_assumed_count": "模型中有 {count} 个数值是假定的，见“数据依据与假定”。",
    # --- tables ---
    "table_headline": "主要指标：水平、与基线之差和判断",
    "table_headline_single": "主要指标",
    "table_headline_note": (
        "括号内为 {level} 置信区间。“与基线之差”由同一批纠纷逐次相减得到；占比之差以百分点计。“{one_more}”是 {level} 预"
        "测区间：纠纷多少和运气每年不同，多模拟几次也不会变窄。区间按指标的可能取值截断。"
    ),
    "table_headline_note_single": (
        "括号内为 {level} 置信区间。“{one_more}”是 {level} 预测区间：纠纷多少和运气每年不同，多模拟几次也不会变窄。区间"
        "按指标的可能取值截断。"
    ),
    "table_tiers": "各层级（各次模拟的平均）",
    "table_groups": "各支工作力量（各次模拟的平均）",
    "table_categories": "各类纠纷（各次模拟的平均）",
    "table_records": "台账与实情（各次模拟的平均）",
    "table_records_note": (
        "考核压力下，本应上交的案件可能被记为已化解；实际上仍未了结，矛盾继续激化，日后在上一级重新冒出。"
        "每行实情之后列出台账的说法；台账一经记入不再更正，协议反悔的也不更正，因此即使没有纸面化解，台账化解率也可能高于实际。"
    ),
    "table_prevented": "源头预防的纠纷（各次模拟的平均）",
    "table_prevented_note": (
        "被预防的纠纷根本没有发生，只在这里统计，不计入上面各项比例：那些比例都以实际发生的纠纷为分母。"
        "预防掉的纠纷难易并不等同于平均，所以即使处置工作没有改进，比例也可能变动。"
    ),
    "table_further": "其他指标（各次模拟的平均）",
    "table_further_note": (
        "以化解或登记为前提的指标（如登记到化解的天数、村级及以下化解率）会偏向丢掉难案的方案，只供参考。“机会均等时”的"
        "数值是把同样的结果随机分给各单位所得：单位越小，偶然的差别越大，只有高出它的部分才说明不均衡。"
    ),
    "table_changes": "与基线方案的不同之处",
    "table_changes_none": "没有数值上的差别",
    "table_bases": "各数值的依据",
    "table_assumed": "假定的数值",
    "table_of_basis": "依据为“{basis}”的数值",
    "table_turns": "假定值取到范围两端时的判断",
    "table_turns_note": (
        "稳健性检验的模拟次数较少，因此与它自身在现取值下的判断相比，而不与上文相比。带框的判断与现取值下不同。"
    ),
    "table_environment": "运行环境",
    "head_scenario": "方案",
    "head_policy": "方案",
    "head_measure": "指标",
    "head_tier": "层级",
    "head_group": "工作力量",
    "head_category": "纠纷类别",
    "head_level": "水平",
    "head_difference": "与基线之差",
    "head_relative": "相对基线",
    "head_one_more": "单独一年的可能范围",
    "head_one_more_years": "另取 {years} 年的可能范围",
    "head_verdict": "判断",
    "head_item": "项目",
    "head_value": "取值",
    "head_unit": "单位",
    "head_range": "范围",
    "head_source": "来源",
    "head_basis": "依据",
    "head_count": "个数",
    "head_baseline_value": "基线",
    "head_policy_value": "本方案",
    "head_swing": "影响",
    "table_assumed_note": (
        "“影响”是该值由范围低端取到高端时，“{policy}”与基线之差（{measure}）的变动；短横表示没有检验。"
    ),
    "head_base": "现取值",
    "head_name": "名称",
    # --- how to read the figures ---
    "title_where_disputes_end": "纠纷发生 180 天后的去向",
    "reading_where_disputes_end": (
        "每一条是一个方案的全部纠纷（包括无人知晓的），各段相加为 100%。蓝色由浅到深为自下而上各层级的化解。"
    ),
    "title_days_to_settlement": "化解与了结的快慢",
    "reading_days_to_settlement": (
        "横轴为纠纷发生后的天数。左图是已真正化解的占比，越高越好；右图是仍未了结（未化解、未裁处、未诉讼、也未平息）的"
        "占比，越低越好。"
    ),
    "title_load_over_time": "各层级的忙闲与积压",
    "reading_load_over_time": (
        "每点为 28 天平均。忙碌率是岗位工作时间中被占用的比例（行政事务按比例折入）；积压是在办件数。纵轴各图不同。"
    ),
    "title_paired_differences": "与基线方案之差及其区间",
    "reading_paired_differences": (
        "每个点是一个方案与基线之差占基线均值的百分比，横线为 {level} 区间，竖线为零，即与基线相同。各图横轴刻度不同。"
    ),
    "title_equity_over_units": "各{tier}的化解率",
    "reading_equity_over_units": (
        "每个点是一个{tier}，按 180 天内化解率由低到高排列。虚线是各{tier}机会均等、只有偶然差别时应有的样子：点比虚线"
        "陡，说明{tier}与{tier}之间确有差别。"
    ),
    "title_robustness_of_verdicts": "假定值变动时的差别",
    "reading_robustness_of_verdicts": (
        "每条横杠是一个假定值由低端取到高端时，方案与基线之差的变动；短竖线为现取值。上方的数字是低端的取值，下方是高端"
        "的取值。"
    ),
    # --- inside the figures ---
    "figure_settled_at": "在{tier}级化解",
    "figure_settled_by_parties": "当事人自行和解",
    "figure_share_of_cohort": "占全部纠纷的比例",
    "figure_settled_share": "已化解的占比",
    "figure_unresolved_share": "仍未了结的占比",
    "figure_age_days": "纠纷发生后的天数",
    "figure_utilisation": "{tier}：忙碌率",
    "figure_backlog": "{tier}：积压（件）",
    "figure_years_since_start": "模拟开始后的年数",
    "figure_warmup": "预热期（不计结果）",
    "figure_better_when_higher": "越高越好 →",
    "figure_better_when_lower": "← 越低越好",
    "figure_percent_of_baseline": "占基线均值的百分比",
    "figure_equity_units": "本方案各单位",
    "figure_equity_equal_risk": "机会均等时",
    "figure_equity_baseline": "基线方案",
    "figure_equity_rank": "由低到高的名次",
    "figure_equity_share": "180 天内化解率",
    "figure_points": "百分点",
    "figure_difference_of": "{measure}：与基线之差（{unit}）",
    # --- assumptions ---
    "assumptions_intro": (
        "“{scenario}”共有 {count} 个数值，按依据分类如下。假定的数值没有实测依据，结论只在这些假定之下成立。"
    ),
    "assumptions_unstated": "“未注明”的数值没有写明依据。",
    "source_missing": "未注明",
    # --- method ---
    "method_span": (
        "从 {start} 起模拟。前 {warmup} 年为预热期，用于进入常态，不计结果；随后 {cohort} 年内发生的纠纷逐件跟踪，最后"
        "一件也至少跟踪 {follow} 天。"
    ),
    "method_cohort": (
        "主要指标以这 {cohort} 年内发生的全部纠纷为分母，包括没有人知道的：各方案面对的是同一批纠纷。“化解”指真正化解，"
        "不是台账上的办结。"
    ),
    "method_replications": "每个方案模拟 {count} 次。{reason}",
    "stop_criteria_met": (
        "到这一次数时，各主要指标的区间半宽都不超过基线均值的 {precision}，或者差别的方向已经明确，因此停止。"
    ),
    "stop_cap_reached": "达到上限 {cap} 次而停止，仍有主要指标不够精确。",
    "stop_fixed": "次数是事先指定的。",
    "stop_interrupted": "运行中途停止，只含已完成的部分。",
    "stop_": "",
    "method_paired": (
        "各方案使用同一批纠纷和同样的随机数，逐次相减，因此区间比各自独立模拟时窄得多；差值的区间为 {level} 的 t 区间，"
        "判断按 Holm 方法作多重比较校正。"
    ),
    "method_left_out": (
        "模型没有包括：调解服务变好后纠纷会不会增多、调解员越做越熟、群众信任的变化、纠纷之间的相互传染，以及办案挤占入"
        "户排查时间。"
    ),
    # --- warnings ---
    "warning_none": "没有需要特别提醒的事项。",
    "warning_unpaired": "“{scenario}”与基线方案面对的不是同一批纠纷，只能按相互独立的两组模拟比较，区间较宽。",
    "warning_assumed_holidays": "{years}年的放假安排尚未公布，只按固定日期的节日假定，没有调休。",
    "warning_cap_reached": "模拟次数达到上限 {cap} 次，仍有主要指标不够精确：标为“尚难判断”的，多模拟几次可能会分明。",
    "warning_interrupted": "运行中途停止，模拟次数少于要求。",
    "warning_truncation_after_warmup": (
        "“{scenario}”的{tier}在前 {truncation_days} 天尚未进入常态，超过设定的 {warmup_days} 天。"
    ),
    "warning_truncation_beyond_half": "“{scenario}”的{tier}看不出何时进入常态，设定的 {warmup_days} 天可能不够。",
    "warning_stock_still_changing": "“{scenario}”的{tier}在设定的 {warmup_days} 天之后仍逐年变动，可能长期超负荷。",
    "warning_unstated": "有 {count} 个数值没有注明依据。",
    "warning_other": "其他提醒：{code} {details}",
    "warning_all_tiers": "各层级",
    "audits_passed": (
        "每次模拟都通过了 {count} 项对账检查（发生件数与去向、各层级进出、人员占用等）；有一项不平，整个运行即作废。"
    ),
    # --- how to reproduce ---
    "reproduce_command": "在项目文件夹中输入：",
    "reproduce_verify": "核对本次结果是否逐字节一致：",
    "reproduce_report": "只重建图和报告：",
    "reproduce_fields": (
        "运行编号 {run_id}，随机种子 {seed}，每个方案 {count} 次。方案的全部取值见同一文件夹中的 "
        "scenario.*.resolved.yaml。"
    ),
}
