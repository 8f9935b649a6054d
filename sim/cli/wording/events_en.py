"""What happens to a dispute, as engines tell it, in English; fields as in `sim.errors.Happening`."""

from collections.abc import Mapping
from typing import Final

EVENTS: Final[Mapping[str, str]] = {
    "arrives": "arrives at {unit} ({tier}), visit {number} of the case, episode {episode}; deadline: {due_s}",
    "joins": "queues for {purpose}{slot}",
    "takes_seat": "{group} of {block}, post {post}, takes a seat for {purpose}{slot}",
    "releases_seat": (
        "{group} of {block}, post {post}, is released from {purpose}{slot}; effort {effort_s}, travel {travel_s}, "
        "occupied {occupation_s}"
    ),
    "starts": (
        "starts {purpose}{slot} with {group} of {block}, post {post}, until {ended_s}; effort {effort_s}, "
        "travel {travel_s}, occupied {occupation_s}"
    ),
    "ends": "ends {purpose}{slot}: {outcome}",
    "leaves_queue": "leaves the queue for {purpose}{slot}",
    "skips": "no post in time: {purpose}{slot} is skipped",
    "leaves": "leaves {unit} ({tier}): {departure}",
    "breaks": (
        "the agreement of episode {episode} breaks; settled {settled_s}, tier: {tier}, "
        "petitioned the top tier: {bypassed}"
    ),
    "gives_up": "the parties give up",
    "stands": "{fate}; tier: {fate_tier}, petitioned the top tier: {bypassed}",
}

NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "purpose": {"casework": "", "handover": "the paperwork of ", "follow_up": "a follow-up visit of "},
    "outcome": {
        "waiting": "waiting at the end of the run",
        "in_session": "in session at the end of the run",
        "settled": "settled",
        "not_settled": "not settled",
        "left_queue": "left the queue",
        "skipped": "skipped",
    },
    "departure": {
        "present": "still there",
        "settled": "settled",
        "escalated_exhausted": "handed up, sessions used up",
        "escalated_deadline": "handed up, deadline passed",
        "adjudicated": "adjudicated",
        "passed_through": "passed on, nobody holds sessions here",
        "referred_up": "referred up by triage after intake",
        "returned_down": "sent back down",
        "withdrawn": "given up by the parties",
        "litigated": "taken to court",
        "bypassed": "taken to the top tier by petition",
        "incident": "turned into an incident",
        "referred_by_load": "handed up, too many waiting",
        "paper_settled": "settled on paper only",
    },
    "fate": {
        "latent": "at the end of the run nobody has heard of it",
        "faded": "has faded unseen",
        "open": "at the end of the run it is open",
        "settled": "ends settled",
        "adjudicated": "ends adjudicated",
        "litigated": "ends in court",
        "withdrawn": "at the end of the run it is given up, not faded",
        "withdrawn_faded": "has faded after it was given up",
        "incident": "ends as an incident",
    },
}
