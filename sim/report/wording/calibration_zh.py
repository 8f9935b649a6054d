"""Chinese sentences of the report of a calibration."""

from typing import Final

SENTENCES: Final = {
    # --- page ---
    "title_calibration": "{name}：公布数字与模型",
    "meta_line_calibration": "随机种子 {seed} · 参照表 {rows} 次模拟 · 后验样本 {draws} 组",
    "meta_line_calibration_transferred": "借用“{place}”的后验 · 随机种子 {seed} · 样本 {draws} 组",
    "calibration_value": "{name} {value}",
    "calibration_interval": "{median}（90% 区间 {low} ～ {high}）",
    "calibration_ends": "{median}（{low} ～ {high}）",
    "calibration_value_separator": "；",
    "calibration_quoted": "“{name}”",
    "calibration_source": "出处：{source}。",
    "calibration_margin": "{value} ± {margin}",
    # --- answer ---
    "calibration_lead_informed": "公布的数字能够约束的参数有 {count} 项：{parameters}。",
    "calibration_lead_not_covered": "{parameters}的区间没有通过覆盖率检验，不可引用。",
    "calibration_lead_none_informed": "公布的数字没有把任何一项参数约束到规定的程度。",
    "calibration_lead_transferred": (
        "本地没有可供拟合的结果数字，没有作任何拟合。受数据约束而借用的参数有 {count} 项，取自“{place}”的后验，离散程度"
        "放大到 {widened} 倍：{parameters}。"
    ),
    "calibration_lead_assumed": "其余 {count} 项仍是假定，不是由数字得出的，后验即使有所移动也是如此。",
    "calibration_lead_assumed_first": (
        "其余 {count} 项仍是假定，不是由数字得出的，后验即使有所移动也是如此；其中最能左右下列各项数字的是{parameters}"
        "。"
    ),
    "calibration_lead_assumed_all": "全部 {count} 项参数都是假定。",
    "calibration_lead_fitted_met": "参与拟合的 {count} 项数字都在各自的误差模型之内。",
    "calibration_lead_fitted_missed": "参与拟合的 {count} 项数字中有 {missed} 项不在误差模型之内：{figures}。",
    "calibration_lead_held_met": "没有参与拟合、留作检验的 {count} 项数字都相符。",
    "calibration_lead_held_missed": "没有参与拟合、留作检验的 {count} 项数字中有 {missed} 项不符：{figures}。",
    "calibration_lead_conflict": "有 {count} 组数字不能同时满足：{conflicts}。",
    "calibration_lead_no_conflict": "没有发现互相矛盾的数字。",
    "calibration_lead_no_figures": "没有可供对照的数字：模型的结果没有经过本地任何数字检验。",
    "calibration_lead_delays": (
        "公布的数字没有一项是办理时长、积压件数或忙碌率：模型关于快慢和忙闲的一切说法，都来自假定，没有经过数字检验。"
    ),
    # --- headings ---
    "heading_figures": "逐项对照：公布数与模型",
    "heading_parameters": "参数：先验与后验",
    "heading_identifiability": "哪些参数分不开（可识别性）",
    "heading_conflicts": "有没有互相矛盾的数字",
    "heading_implications": "由此推出什么",
    "heading_transferred": "如何借用",
    "heading_held_out": "留出指标（没有参与拟合）",
    "heading_fitted": "参与拟合的数字",
    "heading_reasons": "误差为何这样设",
    "heading_notes": "比较时须知",
    # --- figures ---
    "calibration_none_fitted": "没有参与拟合的数字。",
    "calibration_none_held_out": "没有留出指标。",
    "table_calibration_fitted": "参与拟合的数字：公布值与拟合值",
    "table_calibration_held_out": "留出指标：公布值与模型值",
    "table_calibration_figures_note": (
        "拟合值按“取值”模拟，“±”为模拟自身误差（95%）；预测区间由后验样本得出，各项假定也在变动，并含误差模型和运气，因"
        "此中心可以与拟合值不同。残差为拟合值减公布值，占比之差以百分点计。拟合值落在误差模型的 90% 范围之内，即为“在误"
        "差之内”。公布数多为考核之下的记录，口径各异，不是真值。"
    ),
    "table_calibration_held_out_note": (
        "模型值、“±”和残差同上；没有误差模型，预测区间只含参数的不确定性和运气。公布为下限或上限的，按字面判断，不留余"
        "地；其余公布值落在 90% 预测区间之内即为相符。"
    ),
    "head_calibration_figure": "数字",
    "head_calibration_definition": "口径与时期",
    "head_calibration_reported": "公布值",
    "head_calibration_fitted": "拟合值",
    "head_calibration_model": "模型值",
    "head_calibration_residual": "残差",
    "head_calibration_predictive": "90% 预测区间",
    "head_calibration_error": "误差模型",
    "head_calibration_verdict": "判断",
    "calibration_definition": "{definition}，{period}",
    "calibration_error": "{scale}尺度，标准差 {sd}",
    "calibration_scale_log": "对数",
    "calibration_scale_logit": "对数几率",
    "calibration_scale_natural": "原",
    "calibration_bound_exact": "{value}",
    "calibration_bound_about": "约 {value}",
    "calibration_bound_at_least": "至少 {value}",
    "calibration_bound_at_most": "至多 {value}",
    "calibration_within_fitted": "在误差之内",
    "calibration_outside_fitted": "在误差之外",
    "calibration_within_exact": "相符",
    "calibration_outside_exact": "不符",
    "calibration_within_about": "大致相符",
    "calibration_outside_about": "不符：相差过大",
    "calibration_within_at_least": "相符：达到下限",
    "calibration_outside_at_least": "不符：低于下限",
    "calibration_within_at_most": "相符：未超上限",
    "calibration_outside_at_most": "不符：超过上限",
    "calibration_missed": "“{name}”（公布：{reported}；模型：{fitted}，90% 预测区间 {low} ～ {high}）",
    "calibration_period_years_about": "至约{year}年的{years}年",
    "calibration_period_years": "至{year}年的{years}年",
    "calibration_period_about": "约{period}年",
    "calibration_period_year": "{period}年",
    "calibration_period_not_stated": "时期未说明",
    # --- parameters ---
    "calibration_rule": (
        "只有在 {synthetic} 组合成数据上，收缩度（1 − 后验方差 ÷ 先验方差）的中位数不低于 {threshold}，才称为“受数据约"
        "束”。这条规则在拟合之前定下；达不到的一律是“假定”，后验即使有所移动，也不作为结论。"
    ),
    "calibration_coverage": (
        "覆盖率：从参照表中逐行留出，把该行当作“公布数字”重新拟合，看真值有多少落在 50% 和 90% 区间之内；括号内是行数有"
        "限时应有的范围（99%）。它检验的是程序算得对不对，不检验模型像不像当地。"
    ),
    "calibration_coverage_none": "没有参数受数据约束，因此没有覆盖率可报。",
    "table_calibration_informed": "受数据约束的参数",
    "table_calibration_informed_transferred": "借用的参数",
    "table_calibration_coverage": "受数据约束的参数：覆盖率",
    "table_calibration_assumed": "假定的参数",
    "table_calibration_parameters_note": (
        "先验、后验均为中位数，括号内为 5% 和 95% 分位数。“取值”是校准后的基线方案所用的值：目标文件中有数字涉及的参数"
        "取公布数字之下的期望，其余仍取原来的值，让基线方案合得上公布数字；没有受数据约束的，取了期望也仍是假定。收缩度"
        "按参数自身的尺度计算：为 0 即数字没有带来任何信息，略低于 0 是抽样误差。"
    ),
    "table_calibration_transferred_note": (
        "先验、后验均为中位数，括号内为 5% 和 95% 分位数。“取值”是本地基线方案所用的值：借用的参数取被借用地的取值，其"
        "余仍取原来的假定值。"
    ),
    "head_calibration_parameter": "参数",
    "head_calibration_prior": "先验",
    "head_calibration_posterior": "后验",
    "head_calibration_point": "取值",
    "head_calibration_contraction": "收缩度（合成数据中位数）",
    "head_calibration_contraction_here": "收缩度（本地数字）",
    "head_calibration_coverage_50": "50% 区间覆盖率",
    "head_calibration_coverage_90": "90% 区间覆盖率",
    "head_calibration_coverage_rows": "检验行数",
    "head_calibration_basis": "依据",
    "head_calibration_method": "求法",
    "calibration_method_closed_form": "公式",
    "calibration_method_abc": "模拟",
    "calibration_method_prior": "未拟合",
    "calibration_coverage_ok": "相符",
    "calibration_coverage_not_ok": "不符",
    "calibration_coverage_share": "{share}（应在 {low} ～ {high}）",
    # --- identifiability ---
    "calibration_pairs": (
        "下列各对参数在后验中此消彼长（相关系数的绝对值较大）：数字只能确定它们的某种组合，不能分别确定。单独引用其中任"
        "何一个都不稳妥；要分开它们，需要另外的数据。"
    ),
    "calibration_pairs_none": "没有发现分不开的参数。",
    "calibration_ridge": (
        "发生率与被发现的占比：公布的是排查发现的件数，等于发生的件数乘以被发现的占比。发生多而发现少，与发生少而发现多"
        "，留下的记录完全一样，两者各是多少，数字不能回答。发生率的后验来自“被发现占比”的假定，不是测出来的；要分开，需"
        "要居民入户调查一类不经过调解组织的数据。"
    ),
    "calibration_ridge_emergence": "照此假定，每千人每年发生 {median} 件（90% 区间 {low} ～ {high}）。",
    "table_calibration_pairs": "分不开的参数",
    "head_calibration_first": "参数一",
    "head_calibration_second": "参数二",
    "head_calibration_correlation": "后验相关系数",
    "calibration_emergence": "每千人每年发生的纠纷",
    "calibration_surfaced": "发生的纠纷中被发现或主动反映的占比",
    # --- conflicts, implications, transfer ---
    "calibration_conflicts_none": "没有：参与拟合的数字可以同时满足。",
    "calibration_conflicts_unfitted": "没有作拟合，因此无从检验。",
    "table_calibration_conflicts": "不能同时满足的数字",
    "table_calibration_conflicts_note": "概率：模型在先验允许的一切取值之下，离这些公布数至少这样远的可能性。",
    "head_calibration_conflict": "数字",
    "head_calibration_tail": "概率",
    "calibration_implications": (
        "下列数量没有人公布过，是后验推出来的：它们同样依赖全部假定，只供讨论，不能当作统计数引用。"
    ),
    "calibration_implications_none": "没有推算。",
    "table_calibration_implications": "后验推出的数量（中位数，括号内为 5% 和 95% 分位数）",
    "head_calibration_quantity": "数量",
    "head_calibration_implied": "推算值",
    "calibration_transferred": (
        "{place}没有公布结果数字，本页没有拟合任何东西。参数取自“{origin}”的后验，每项参数的离散程度在其自身尺度上放大"
        "到 {widened} 倍（但不超过先验），用来表示两地不同；这个倍数本身也是假定。依据一律记为“借用他地”或“假定”，不能"
        "当作{place}的实测值引用。"
    ),
    # --- how to read the charts ---
    "title_predictive_checks": "公布数与模型的预测分布",
    "reading_predictive_checks": (
        "每格一项数字，黑竖线是公布值，箭头表示公布的是下限或上限。{before}彩色是{after}（蓝色参与拟合，绿色留作检验）"
        "：公布值落在彩色之内，说明模型能够得出这个数。各曲线按自身最高点画成同高，只比较位置和宽窄。"
    ),
    "calibration_before_fit": (
        "灰色是拟合之前模型会给出的值（发现率已按封闭解取定，其余参数按先验）；公布值只落在灰色之内，说明拟合以后得不出"
        "它。"
    ),
    "calibration_after_fit": "拟合以后的值",
    "calibration_after_transfer": "借用的参数给出的值",
    "title_prior_and_posterior": "各参数的先验与后验",
    "reading_prior_and_posterior": (
        "灰色是先验；蓝色实线是受数据约束（或借用）的参数的后验，虚线是假定参数的后验，与先验几乎重合，就是数字没有告诉"
        "我们什么。三角为所用的取值。各曲线按自身最高点画成同高，只比较位置和宽窄。{drawn}"
    ),
    "calibration_all_drawn": "全部参数都已画出。",
    "calibration_some_drawn": (
        "共 {all} 项参数，画出 {count} 项：受数据约束的，以及其余各项中后验变动最大的；全部见下表。"
    ),
    "calibration_first_drawn": "共 {all} 项参数，画出前 {count} 项，借用的在先；全部见下表。",
    "title_contraction": "数字对各参数说明了多少（收缩度）",
    "reading_contraction": (
        "横轴 0 为毫无说明，1 为完全确定；虚线是事先定下的界限 {threshold}。实心蓝点达到界限，为受数据约束的参数；空心"
        "点是假定。叉为用本地公布数字得到的收缩度，只供参考，不作判断之用。"
    ),
    "title_identifiability": "分不开的参数",
    "reading_identifiability": (
        "每格一对参数，每个点是一组取值：蓝色为后验，灰色为先验（没有先验样本的不画）。蓝点排成斜线，说明数字只确定了两"
        "者的组合，沿着这条线移动，与公布数同样相符。"
    ),
    # --- inside the charts ---
    "figure_calibration_prior": "先验",
    "figure_calibration_prior_predictive": "先验预测",
    "figure_calibration_posterior_fitted": "后验预测（参与拟合）",
    "figure_calibration_posterior_held_out": "后验预测（留出）",
    "figure_calibration_reported": "公布值",
    "figure_calibration_bound": "公布的下限或上限",
    "figure_calibration_informed": "后验（受数据约束）",
    "figure_calibration_assumed": "后验（假定）",
    "figure_calibration_transferred": "借用并放宽的后验",
    "figure_calibration_point": "取值",
    "figure_calibration_of_fitted": "{name}\n公布：{reported}；拟合：{fitted}；{verdict}",
    "figure_calibration_of_held_out": "留出：{name}\n公布：{reported}；模型：{fitted}；{verdict}",
    "figure_calibration_contraction": "收缩度",
    "figure_contraction_informed": "受数据约束（中位数达到界限）",
    "figure_contraction_assumed": "假定（未达到）",
    "figure_contraction_here": "本地公布数字",
    "figure_contraction_threshold": "界限",
    "figure_calibration_draws": "后验",
    "figure_calibration_correlation": "相关系数 {correlation}",
    # --- method ---
    "method_calibration_closed": (
        "发现率有封闭解：公布的件数除以人口和年数，误差按误差模型计，不需要模拟。参照表中的发现率直接取自这一后验。"
    ),
    "method_calibration_rows": (
        "其余参数用参照表：从先验抽取 {rows} 组取值，每组模拟一次（预热 {warmup} 年、记录 {record} 年，再跟踪 {follow} "
        "天），算出与公布数相应的各项统计量。"
    ),
    "method_calibration_abc": (
        "近似贝叶斯计算（ABC）：取统计量最接近公布数的 {accepted} 行（占 {share}），用局部回归修正余下的差距，得到 "
        "{draws} 组后验取值。"
    ),
    "method_calibration_error": (
        "公布数与模型之差按误差模型计：记录不等于实情，模型也不等于当地，所以不用过窄的二项误差。留出指标不参与拟合，只"
        "作对照。"
    ),
    "method_calibration_synthetic": (
        "收缩度和覆盖率用 {synthetic} 组合成数据计算：每组取参照表的一行当作公布数，其余各行照样拟合。"
    ),
    "method_calibration_predictive": "预测区间和推算值由 {draws} 组取值重新模拟得到，并加上误差模型。",
    "method_calibration_transferred": (
        "没有参照表，也没有作拟合：{draws} 组取值由“{place}”的后验放宽而来，放宽倍数 {widened}。对照值由其中 "
        "{predictive} 组取值重新模拟得到。"
    ),
    "method_calibration_distributions": "先验写在目标文件中；每项数字的出处见数据台账（calibration/figures.csv）。",
    # --- how to reproduce ---
    "reproduce_calibration": "随机种子 {seed}。同样的命令得到逐字节相同的文件，与使用几个进程无关。",
    "table_calibration_files": "结果文件及其校验值",
    "head_calibration_file": "文件",
    "head_calibration_digest": "SHA-256",
    "calibration_code_digest": "程序",
    "calibration_targets_digest": "目标文件",
    "footer_calibration": (
        "数字来自模型和少量公布数，不是统计数据；“受数据约束”只表示数字对该参数有所说明，不表示已经证实。"
    ),
    # --- units, definitions ---
    "calibration_unit_disputes": "件",
    "calibration_unit_disputes_per_year": "件/年",
    "calibration_unit_cases": "件",
    "calibration_unit_cases_per_year": "件/年",
    "calibration_unit_groups": "个村组",
    "calibration_unit_villages": "个村",
    "calibration_unit_communities": "个社区",
    "calibration_unit_grids": "个网格",
    "calibration_unit_incidents_per_year": "起/年",
    "calibration_unit_per_1000_per_year": "",
    "calibration_unit_per_year": "每年",
    "calibration_unit_shape": "",
    "calibration_unit_ratio": "",
    "calibration_definition_found": "排查发现",
    "calibration_definition_handled": "受理",
    "calibration_definition_settled": "化解（非本部门记录）",
    "calibration_definition_recorded": "考核之下的记录",
    "calibration_definition_without_case": "没有发生的单位数",
    "calibration_definition_workload": "人均办案量",
    "calibration_definition_rate": "发生频率",
}
