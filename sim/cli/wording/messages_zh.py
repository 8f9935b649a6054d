"""Everything that the command line says besides problems of the input, in Chinese."""

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    # --- 帮助 ---
    "help_app": "矛盾纠纷分级化解仿真：从方案文件到政策比较。",
    "help_validate": "检查方案文件、叠加文件、研究文件和校准目标文件；给出文件夹则检查其中全部文件。",
    "help_show": "显示完整的方案，或每个数值的出处。",
    "help_run": "仿真一个方案并写出报告。",
    "help_compare": (
        "用同样的纠纷比较各方案与基线方案并写出报告。SCENARIOS 可以是一个文件夹（先取 baseline.yaml，再按文件名取其余"
        "继承它的 *.yaml，以 _ 开头的不取），也可以是两个以上方案文件，基线方案在前。"
    ),
    "help_sweep": (
        "按研究文件逐点仿真（在基线方案上改变一两个因素，各点面对同样的纠纷）并写出报告：全部点的数据表、带区间的折线图或"
        "热力图。"
    ),
    "help_nation": "逐县仿真全国一年的纠纷，写出各县数据表、全国汇总表和报告。",
    "help_calibrate": "用公开数据校准一个地方：哪些参数由数据确定，哪些仍是假定，各项数据能否同时满足。",
    "help_report": "只凭结果文件夹重新生成图表和报告。",
    "help_verify": "在临时文件夹中重算一遍，逐字节比对。",
    "help_schema": "输出方案文件的 JSON Schema，或键的说明表。",
    "help_practices": "测算 scenarios/practices 中各做法的效果，并写出 docs/practices.md。",
    "brief_validate": "检查方案文件。",
    "brief_show": "显示完整的方案。",
    "brief_run": "仿真一个方案。",
    "brief_compare": "与基线方案比较。",
    "brief_sweep": "改变一两个因素，逐点比较。",
    "brief_nation": "逐县仿真全国一年。",
    "brief_calibrate": "用公开数据校准一个地方。",
    "brief_report": "重新生成报告。",
    "brief_verify": "重算并逐字节核对。",
    "brief_schema": "输出方案文件的格式。",
    "brief_practices": "测算做法库的效果并写出说明页。",
    "argument_paths": "要检查的文件或文件夹。",
    "argument_scenario": "方案文件。",
    "argument_scenarios": "一个文件夹，或两个以上方案文件。",
    "argument_study": "研究文件。",
    "argument_nation": "全国文件。",
    "argument_targets": "校准目标文件。",
    "argument_run_dir": "已完成的结果文件夹。",
    "option_with": "叠加文件，可写多次。",
    "option_set": "要设定的数值，如 staff_groups.town_cadres.posts=12，可写多次。",
    "option_counties": "仿真多少个县；不写则为全部。可以超过全国县数，按同样的顺序接着生成。",
    "option_adopt": "把校准结果放进目标文件所在文件夹旁边的 fitted 文件夹，供基线方案引用。",
    "option_provenance": "显示每个数值写在哪里、依据是什么。",
    "option_replications": "重复次数，或 auto（自动）；不写则按（第一个）方案。",
    "option_posterior": (
        "把基线所列后验样本（experiment.posterior）的前 N 组参数代入每个方案；"
        "此时 --replications 指每组参数的重复次数，不写则为 2 次。"
    ),
    "option_seed": "全部随机抽样的种子；不写则按（第一个）方案。",
    "option_workers": "同时进行的重复次数；不写则每个核心一个。",
    "option_engine": (
        "compiled：快速引擎；simpy：参照引擎，约慢一百倍；both：每次重复两个引擎都算并比对。结果完全相同。"
    ),
    "option_out": "存放结果的文件夹。",
    "option_lang": "提示语言：zh 或 en；不写则随系统。",
    "option_report_lang": "报告语言：zh、en 或 both（两种都要）。",
    "option_records": "另外保存每次重复中每件纠纷、每个环节的记录。",
    "option_dictionary": "改为输出键的说明表（Markdown）。",
    "option_study": "改为研究文件的格式。",
    "option_targets": "改为校准目标文件的格式。",
    "option_dictionary_lang": "说明表的语言：zh、en 或 both（两种都要）。",
    "option_practice_count": "每项做法的重复次数；已存效果达到此数的不再测算。",
    "option_practice_place": "在哪里测算（可重复）；默认 xichou 和 jinjiang。",
    "option_practice_only": "只测算某项做法（可重复）；默认全部。",
    "option_page_only": "只用已存的效果写出说明页。",
    "bad_format": "--study 与 --targets 只能用一个",
    "bad_replications": "应为 1 至 100,000 的整数，或 auto",
    # --- 检查与显示 ---
    "file_is_valid": "{file}：方案有效",
    "overlay_is_valid": "{file}：叠加文件有效（仅检查其自身）",
    "study_is_valid": "{file}：研究文件有效，各点均已检查",
    "targets_is_valid": "{file}：校准目标文件有效",
    "nation_is_valid": "{file}：全国文件有效，样板县已检查",
    "warning": "提醒：{text}",
    "problem_count": "共 {count} 处问题；没有写出任何文件。",
    "one_problem": "共 1 处问题；没有写出任何文件。",
    "value_unstated": "未注明依据",
    "value_set_by": "由 {set_by} 设定",
    # --- 进度 ---
    "stage_compiling": "编译引擎",
    "compiling": "先编译引擎（每个版本只需一次），最多一分钟。",
    "stage_counties": "逐县仿真",
    "stage_fitting": "逐组参数仿真",
    "stage_replications": "重复仿真",
    "stage_draws": "代入各组参数",
    "stage_screening": "筛查假定值",
    "stage_stress": "检验结论是否稳固",
    "stage_writing": "写出结果",
    "stage_report": "绘制图表和报告",
    "kept_before": "{total} 次中有 {count} 次此前已完成，直接沿用。",
    "progress_line": "{stage}：已完成 {done}/{total}，约剩 {left}",
    "left": "约剩 {left}",
    "looked": "重复 {count} 次后，{all} 项比较中有 {met} 项已足够精确或方向明确。",
    "seconds": "{count} 秒",
    "minutes": "{count} 分钟",
    "hours": "{count} 小时",
    # --- 结果 ---
    "done_fixed": "每个方案重复 {count} 次（按要求）。",
    "done_each_draw": "后验样本 {draws} 组参数，每组参数下每个方案重复 {count} 次。",
    "done_criteria_met": (
        "每个方案重复 {count} 次：此时各项主要指标都已足够精确（半宽不超过基线均值的 {precision}）或方向明确。"
    ),
    "done_cap_reached": (
        "每个方案重复 {count} 次：已达上限，仍有主要指标不够精确（半宽未降到基线均值的 {precision} 以内）且方向不明。"
    ),
    "done_nation": (
        "已仿真 {counties} 个县，用时 {seconds} 秒：全年发生纠纷 {emerged} 件，共仿真 {simulated} 件，"
        "平均每件 {each} 微秒。"
    ),
    "done_fit": "校准完成，用时 {seconds} 秒，参照表共 {rows} 次仿真。",
    "adopted": "已采用：{file}",
    "not_adopted": "未采用：结果文件已不是拟合当时写出的内容。",
    "already_there": "这个问题此前已算过；没有重新计算，只重新生成报告。",
    "already_there_not_compared": (
        "这个问题此前已算过；没有重新计算，因此两个引擎也没有比对。如需比对，请输入："
        "python run_sim.py verify {folder} --engine both"
    ),
    "both_agree": "每次重复两个引擎的结果逐位相同。",
    "changed_since": "完成之后有改动或缺失：{files}。如需原样，请删除该文件夹后重新运行。",
    "results_in": "结果：{folder}",
    "report_in": "报告：{file}",
    "practices_page_in": "说明页：{file}",
    "verified": "核对一致：重算一遍，{count} 个文件逐字节相同。",
    "not_compared": "因平台或软件版本不同，有 {count} 个图表和报告未比对。",
    # --- 结束 ---
    "interrupted": "已中断。",
    "interrupted_kept": "已中断：{count} 次已完成的重复保存在 {folder}；再次输入同样的命令即可接着算。",
    "interrupted_counties": "已中断：{count} 个县已经算完，保存在 {folder}；再次输入同样的命令即可接着算。",
    "interrupted_fit": "已中断：{count} 批已完成的仿真保存在 {folder}；再次输入同样的命令即可接着算。",
    "figures_conflict": "下列数据无论参数取何值都不能同时满足，没有给出校准结果：",
    "figures_conflict_set": "  {figures}（先验所能给出的结果中，偏离到这个程度的只占 {prob}）",
    "figures_conflict_join": " 与 ",
    "figures_conflict_advice": "要么某项数据的口径、时期或误差设定有误，要么先验范围漏掉了真实情况。",
    "audit_failed": "仿真账目不平，结果作废：",
    "verification_failed": "核对不一致。下列文件与重算结果不同：",
    "verification_other_code": "可能的原因：计算之后仿真程序本身有改动（manifest.json 中记有其哈希值）。",
    "engines_differ": "两个引擎对纠纷 {dispute} 的结果不同（{run}）。首个不同之处（天数从 0 起算）：",
    "engines_one_tells": "  {engine}：{what}",
    "engines_nothing_more": "这件纠纷此后再无动静",
    "engines_cell": "  不同：{column} 分别为 {one} 和 {other}",
    "engines_no_cell": "缺失",
    "engines_story": "两个引擎所述这件纠纷的经过，* 表示不同",
    "engines_same": "相同",
    "engines_event": "{when} {what}",
    "day_and_time": "第 {day} 天 {time}",
    "never": "无",
    "nowhere": "无",
    "yes": "是",
    "no": "否",
    "folder_in_use": "另一个进程正在计算这个问题，结果将写入 {folder}",
    "worker_died": (
        "有一个工作进程意外结束，可能是内存不足。已完成的重复都已保存；再次输入同样的命令即可接着算，"
        "若再出现请加 --workers 1。"
    ),
    "system_error": "系统提示：{reason}。已完成的重复都已保存；再次输入同样的命令即可接着算。",
}
