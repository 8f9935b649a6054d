"""What happens to a dispute, as engines tell it, in Chinese; fields as in `sim.errors.Happening`."""

from collections.abc import Mapping
from typing import Final

EVENTS: Final[Mapping[str, str]] = {
    "arrives": "到达 {unit}（{tier}），本案第 {number} 站，第 {episode} 轮；期限：{due_s}",
    "joins": "排队等候{purpose} {slot}",
    "takes_seat": "{group}（{block}）第 {post} 岗为{purpose} {slot} 到位",
    "releases_seat": (
        "{group}（{block}）第 {post} 岗离开{purpose} {slot}；用时 {effort_s}，路途 {travel_s}，占用 {occupation_s}"
    ),
    "starts": (
        "开始{purpose} {slot}，由 {group}（{block}）第 {post} 岗承办，至 {ended_s}；用时 {effort_s}，路途 {travel_s}，"
        "占用 {occupation_s}"
    ),
    "ends": "结束{purpose} {slot}：{outcome}",
    "leaves_queue": "退出{purpose} {slot} 的排队",
    "skips": "未能及时安排人员，{purpose} {slot} 取消",
    "leaves": "离开 {unit}（{tier}）：{departure}",
    "breaks": "第 {episode} 轮的协议反悔；达成于 {settled_s}，层级：{tier}，越级上访：{bypassed}",
    "gives_up": "当事人放弃",
    "stands": "{fate}；层级：{fate_tier}，越级上访：{bypassed}",
}

NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "purpose": {"casework": "", "handover": "移交手续", "follow_up": "回访"},
    "outcome": {
        "waiting": "仿真结束时仍在排队",
        "in_session": "仿真结束时仍在办理",
        "settled": "化解",
        "not_settled": "未化解",
        "left_queue": "退出排队",
        "skipped": "取消",
    },
    "departure": {
        "present": "仍在此处",
        "settled": "化解",
        "escalated_exhausted": "各环节用尽，上交",
        "escalated_deadline": "逾期，上交",
        "adjudicated": "裁决",
        "passed_through": "此级无人承办，直接转上级",
        "referred_up": "受理后研判，转上级",
        "returned_down": "退回下级",
        "withdrawn": "当事人放弃",
        "litigated": "起诉",
        "bypassed": "越级上访",
        "incident": "激化",
        "referred_by_load": "排队过多，上交",
        "paper_settled": "纸面化解",
    },
    "fate": {
        "latent": "仿真结束时仍无人知晓",
        "faded": "未被发现，自行平息",
        "open": "仿真结束时尚未了结",
        "settled": "最终化解",
        "adjudicated": "最终裁决",
        "litigated": "最终诉讼",
        "withdrawn": "仿真结束时当事人已放弃，尚未平息",
        "withdrawn_faded": "放弃之后自行平息",
        "incident": "最终激化",
    },
}
