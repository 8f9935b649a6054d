"""Chinese sentences of the report of a nation."""

from typing import Final

SENTENCES: Final = {
    # --- page ---
    "title_nation": "全国一年矛盾纠纷分级化解：逐县模拟报告",
    "meta_line_nation": "运行编号 {run_id} · 随机种子 {seed} · 共 {counties} 个县（市、区）",
    # --- answer ---
    "nation_large": "{number} 万",
    "nation_small": "{number} ",
    "nation_lead_disputes": "{counties} 个县一年发生纠纷 {emerged}件，其中 {known}件（{share}）为调解员所知。",
    "nation_lead_stated_more": "比公布的 {stated}件多 {difference}。",
    "nation_lead_stated_fewer": "比公布的 {stated}件少 {difference}。",
    "nation_lead_fates": (
        "在发生的全部纠纷中，180 天内化解 {settled}，到达县级 {top}；在已登记的案件中，{village} 在村内化解。平均 "
        "{days} 天未了结（180 天封顶）。转入诉讼 {litigated}件，引发案（事）件 {incident}件。"
    ),
    "nation_lead_staff": "当年的纠纷共占用调解员 {hours}小时，每化解一件 {each} 小时、{cost} 元。",
    "nation_lead_spread": (
        "去掉两头各一成的县，各县 180 天内化解率在 {low} 到 {high} 之间，乡镇调解力量的忙碌率在 {busy_low} 到 "
        "{busy_high} 之间。"
    ),
    # --- table ---
    "table_nation": "全国与各县",
    "table_nation_note": (
        "均值按指标本身的对象计算（全部纠纷、全部已化解纠纷或全部工时），因此大县的分量较重。合计：占比的合计是相应"
        "的纠纷件数，工时和成本的合计是总量。百分位数按县计算，每个县算一个。nation.csv 中有同样的数字，不作舍入；"
        "counties.parquet 中有每一个县。"
    ),
    "head_nation_mean": "均值",
    "head_nation_total": "合计",
    "head_nation_p10": "各县第 10 百分位",
    "head_nation_p50": "各县中位数",
    "head_nation_p90": "各县第 90 百分位",
    "head_nation_stated": "公布数",
    "nation_quantity_population_persons": "人口",
    "nation_quantity_committees": "调解委员会",
    "nation_quantity_mediators": "调解员",
    "nation_quantity_emerged_count": "全年发生的纠纷",
    "nation_quantity_known_count": "其中为人所知的",
    # --- figure ---
    "title_nation_spread": "大县小县的情况",
    "reading_nation_spread": (
        "每一条是一个规模类，取其中居中八成的县，圆点为中位数。小县纠纷少，偶然性大，所以分布更散。各图纵轴刻度不同。"
    ),
    "figure_nation_persons": "县的人口（万人）",
    "figure_nation_median": "规模类的中位数",
    "figure_nation_spread": "居中八成的县",
    "figure_nation_mean": "全国",
    # --- before you use this ---
    "warning_nation_counties": "只模拟了 {counties} 个县，不是全国的 {of} 个：合计只是这些县的，也不与公布数比较。",
    "warning_nation_alike": (
        "每个县都与同一个样板县（“{place}”，农村县）相同。这里没有城乡、地区、贫富之分：各县只在大小、岗位取整和"
        "偶然性上有差别，真实的差别更大。"
    ),
    "warning_nation_spread": (
        "公布的只有全国总数。有多少个县、大小相差多少、如何分为乡镇和网格、调解员如何分布在各层级，都是假定。"
    ),
    "warning_nation_empty_desks": (
        "年初没有在办案件，也没有可能反悔的旧协议；尚无人知晓的纠纷是有的。当年纠纷的结局几乎不受影响（化解率相差不到"
        "百分之一），但忙碌率把头几个月也算在内，因此偏低：村和乡镇约低一成，县级约低两成。预热一年（样板县文件中写 "
        "warmup_years: 1）即可消除，用时增加约一半。"
    ),
    # --- assumptions, method ---
    "nation_assumptions": (
        "各县由下列数值生成，其余都与样板县（“{place}”，{name}）相同：county.resolved.yaml 中有它的全部取值和依据。"
    ),
    "table_nation_stated": "生成全国所用的数值",
    "nation_totals_counties": "县（市、区）",
    "nation_totals_population_persons": "人口",
    "nation_totals_committees": "调解委员会",
    "nation_totals_mediators": "调解员",
    "nation_totals_disputes_known_per_year": "一年调解的纠纷（不含法院委派委托）",
    "nation_sizes_classes": "规模类",
    "nation_sizes_population_cv": "各县人口的差异（标准差与均值之比）",
    "nation_units_towns_per_county": "平均每县的乡镇（街道）",
    "nation_units_grids_per_village": "每村（社区）的网格",
    "nation_staff_posts_per_unit": "每个单位的岗位：{group}",
    "nation_staff_persons_per_post": "每个岗位对应的人口：{group}",
    "method_nation_classes": (
        "各县人口服从对数正态分布，平分为 {classes} 个规模类。同一类的县单位和岗位相同，但各有自己的纠纷、村与村的"
        "不均和年景好坏。"
    ),
    "method_nation_span": (
        "每个县从 {start} 起模拟：预热 {warmup} 年，随后 {cohort} 年内发生的纠纷逐件跟踪，再过 {follow} 天，其间新"
        "发生的纠纷使人员同样忙碌。起始前 {latent} 天内发生的纠纷，到起始时可能仍无人知晓。"
    ),
    "method_nation_means": "各项指标的定义与其他报告相同。工时和成本是当年纠纷的，计至跟踪期末；忙碌率是整个时段的。",
    "method_nation_audits": (
        "每个县都通过了 {count} 项对账检查（发生件数与去向、各层级进出、人员占用等）；有一项不平，整个运行即作废。"
    ),
    "nation_reproduce": (
        "同样的命令得到逐字节相同的文件，与使用几个进程无关。核对用：python run_sim.py verify outputs/nation/{run_id}"
    ),
}
