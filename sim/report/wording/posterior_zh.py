"""Chinese sentences of the report of a run over a posterior."""

from typing import Final

SENTENCES: Final = {
    # --- page ---
    "title_posterior": "{place}：参数说不准，哪些结论仍然站得住",
    "title_posterior_single": "{place}矛盾纠纷分级化解：计入参数不确定性的模拟报告",
    "meta_line_posterior": "运行编号 {run_id} · 随机种子 {seed} · 后验样本 {draws} 组参数，每组模拟 {count} 次",
    "posterior_carried": (
        "这类模型的参数没有人能说准。因此每个方案不是只按一套取值运行，而是代入 {draws} 组取值，它们取自拟合之后仍然"
        "可能的范围（统计上称为后验，{file}）：共有 {parameters} 个参数变动，方案中 {values} 个数值随之变动。方案明确"
        "规定的数值不变；按比例调整、增减或调配的，按每一组取值重新计算。"
    ),
    # --- answer ---
    "posterior_level": "{measure}：{mean}（仅参数不同，就可能在 {low} 至 {high} 之间）",
    "posterior_lead": "{policy}——{parts}。",
    "posterior_part_separator": "；",
    "posterior_lead_better": "无论参数如何都更好：{measures}",
    "posterior_lead_worse": "无论参数如何都更差：{measures}",
    "posterior_lead_differs": "无论参数如何都有差别：{measures}",
    "posterior_lead_within_noise": "无论参数如何都没有实际差别：{measures}",
    "posterior_lead_leans": "取决于参数：{measures}",
    "posterior_lead_turns": "随参数而反转：{measures}",
    "posterior_legend": (
        "差别超过基线均值的 {indifference} 才算数。某一判断在后验中至少占 95%（占比见括号），才算站得住；占不到 95%，"
        "但相反的判断不超过 5%，为“取决于参数”；更好和更差各超过 5%，为“会反转”。取 {draws} 组参数时，这类占比约有"
        " {points} 个百分点的误差。单次模拟的偶然波动已经剔除；没有作多重比较校正。"
    ),
    "posterior_who_is_best": "哪个方案最好，排序是否站得住",
    "posterior_best_holds": "按“{measure}”，“{policy}”在后验的 {prob} 中最好，站得住。",
    "posterior_best_open": "按“{measure}”，哪个最好取决于参数：{shares}。",
    "posterior_best_share": "“{policy}”占 {prob}",
    "posterior_order_holds": "下面的整个排序站得住：每个方案都在后验的 95% 以上优于下一个。",
    "posterior_order_open": "下面的排序并非处处站得住，相邻而分不清先后的有：{pairs}。",
    "posterior_pair": "“{first}”优于“{second}”占 {prob}",
    "posterior_no_ranking": "没有排序：所用指标没有好坏之分，或没有取值。",
    "posterior_turning_found": "“{policy}”的“{measure}”：{items}时，与基线之差变号。",
    "posterior_turning_separator": "，或者",
    "posterior_turning_item": "{parameter}为 {value}（中位数 {median}）",
    "posterior_turning_none": (
        "“{policy}”的“{measure}”：其他参数取中位数时，没有哪一项假定在其范围内单独就能使差别变号。"
    ),
    "posterior_turning_unknown": (
        "“{policy}”的“{measure}”：差别随参数的变动不能用直线归到个别假定上（交叉验证的解释力不足一成）。"
    ),
    # --- verdicts ---
    "posterior_holds": "{verdict}（{prob}）",
    "posterior_leans": "取决于参数（{shares}）",
    "posterior_turns": "会反转（{shares}）",
    "posterior_share": "{side} {prob}",
    "posterior_share_separator": "，",
    "posterior_same": "无差别",
    "posterior_higher": "更高",
    "posterior_lower": "更低",
    # --- headings, tables ---
    "heading_two_uncertainties": "两种不确定性",
    "heading_ranking": "方案排序",
    "heading_turning": "哪一项假定取什么值，结论就会变",
    "table_standings": "各方案在整个后验中的判断",
    "table_posterior_differences": "与基线之差：参数不确定性与偶然波动分列",
    "table_posterior_differences_note": "占比之差以百分点计。“更好的可能”把任何差别都算在内，无论大小。",
    "table_posterior_levels": "水平：参数不确定性与偶然波动分列",
    "table_posterior_note": (
        "± 为均值的模拟误差（95%）：多取几组参数、多模拟几次就会变小，除此之外没有别的含义。“参数所致”（95%）是公开数"
        "据仍然说不准的部分，偶然波动已经平均掉；“单独一年”是在某一年里实际可能看到的范围。最后一栏是单独一年的方差中"
        "由参数造成的部分：高，说明补充数据有用；低，说明各年本来就有差异。"
    ),
    "table_ranking": "按{measure}排序",
    "table_ranking_note": (
        "均值为整个后验的均值。右边各栏：本行方案优于该栏方案的部分占后验的多少；“居首”一栏是优于所有其他方案的部分。"
    ),
    "table_turning": "影响差别的假定，以及各自使差别变号的取值",
    "table_turning_note": (
        "把各组参数下的平均差别对全部变动参数作线性回归，最多选五项。R² 经交叉验证，选项的过程也在内；不足 10% 的不作"
        "判断。变号取值是表中其他假定取中位数时，拟合的差别等于 0 之处，只在样本范围之内给出。表中列出排序所用的指标，"
        "以及每一个站不住的判断。"
    ),
    "turning_of": "{policy}：{measure}（R² {r2}）",
    "turning_of_nothing": "{policy}：{measure}——没有突出的假定",
    "turning_none": "范围内没有",
    "slope_up": "差值上升",
    "slope_down": "差值下降",
    "posterior_rank": "{rank}. {name}",
    "posterior_mean": "{mean} ± {half_width}",
    "head_mean": "均值",
    "head_parameter_interval": "参数所致",
    "head_one_year": "单独一年可能介于",
    "head_parameter_share": "参数所占方差",
    "head_prob_better": "更好的可能",
    "head_prob_best": "居首",
    "head_better_than": "优于第 {rank} 位",
    "head_assumption": "假定",
    "head_variance_share": "所占方差",
    "head_slope": "取值升高时",
    "head_median": "中位数",
    "head_turning_value": "变号取值",
    # --- figure ---
    "title_posterior_intervals": "与基线之差：参数说不准的部分，和单独一年再加上的部分",
    "reading_posterior_intervals": (
        "标记为整个后验的均值，其形状和颜色表示判断。粗线含参数所致变动的 95%，偶然波动已经平均掉；细线为单独一年可能"
        "的范围（95%）。0 两侧的灰带是小到无关紧要的差别。粗线完全在灰带的一侧，判断就站得住。"
    ),
    "title_posterior_intervals_single": "主要指标：参数说不准的部分，和单独一年再加上的部分",
    "reading_posterior_intervals_single": (
        "标记为整个后验的均值。粗线含参数所致变动的 95%，偶然波动已经平均掉；细线为单独一年可能的范围（95%）。"
    ),
    "figure_parameter_interval": "参数所致（95%）",
    "figure_one_year": "再加单独一年的偶然波动（95%）",
    "figure_indifference": "小到无关紧要",
    # --- method, warnings, end ---
    "method_posterior_draws": (
        "取后验样本 {draws} 组参数，每组参数下每个方案模拟 {count} 次。同一组参数下，各方案面对同一批纠纷和同样的随机"
        "数；不同组的随机数互不相同，一组的偶然波动与另一组无关。"
    ),
    "method_posterior_split": (
        "方差按单因素随机效应模型拆分：同一组参数下各次模拟之间的差异是偶然波动，各组均值之间超出此数的差异由参数造成。"
        "各组均值向总均值收缩，直到其方差等于参数所致的方差（Louis 1984）；概率和“参数所致”的区间都由此得出。这里的一"
        "年指一次模拟，含 {cohort} 个跟踪年。"
    ),
    "method_posterior_paired": (
        "差值在同一组参数内逐次相减。后验取代了压力测试：不是让假定逐项走遍各自的范围，而是全部假定同时变动，变动多少"
        "以公开数据所容许的为限。"
    ),
    "method_posterior_turning": (
        "变号取值依据的是穿过各组参数的直线：可以说明什么重要、大致在哪里变号，不能当作精确数字。公开数据把几个参数捆"
        "在一起时，它也分不开。"
    ),
    "warning_posterior_values_lacking": "后验样本所变动的数值中，有基线没有的：{paths}。",
    "reproduce_posterior_fields": (
        "运行编号 {run_id}，随机种子 {seed}，{draws} 组参数，每组 {count} 次。各组参数见同一文件夹中的 posterior.csv，"
        "全部结果见 posterior_measures.parquet。"
    ),
    # --- parameters of the repository's fits ---
    "parameter_found_per_1000_per_year": "每千人每年排查发现的纠纷",
    "parameter_recorded_share": "已暴露纠纷中记录在案的比例",
    "parameter_settled_in_village_share": "村内实际化解占比",
    "parameter_lowest_tier_part_of_village_share": "村内化解中由最基层化解的部分",
    "parameter_settled_at_town_share": "到乡镇的纠纷在乡镇化解占比",
    "parameter_settled_at_county_share": "到县级的纠纷在县级化解占比",
    "parameter_success_lost_per_10_days": "每拖延十天化解率下降",
    "parameter_recurred_share_365d": "一年内复发占比",
    "parameter_weight_of_town_ability": "下沉干部能力（0为本组水平，1为乡镇水平）",
    "parameter_over_reporting_share": "未化解而记为村内化解的部分",
    "parameter_frailty_shape": "各单元差异的形状参数（越小越不均）",
    "parameter_difficulty_sd_logit": "纠纷难度的离散程度",
    "parameter_administrative_share": "行政事务占用时间",
}
