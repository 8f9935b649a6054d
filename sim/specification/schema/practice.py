"""What an overlay says of the institution or policy that it stands for; no part of the scenario."""

from typing import Literal

from sim.specification.schema.fields import Block, Id, Name, Text, structure

Mechanism = Literal["ARR", "DET", "INT", "TRI", "STAF", "SVC", "ESC", "FU", "ADM", "COST"]

Direction = Literal["higher", "lower", "same", "either"]

EvidenceKind = Literal["reported_uncontrolled", "literature", "assumed"]


class Evidence(Block):
    """On what the belief in an effect rests."""

    kind: EvidenceKind = structure(
        "reported by the place itself and uncontrolled, from the literature, or assumed; the first two name figures"
    )
    statement: Name = structure("what is known, in a sentence")
    figures: tuple[Text, ...] = structure("ids of calibration/figures.csv on which it rests; may be empty if assumed")


class Practice(Block):
    """The practice behind an overlay, for the library and its page."""

    name: Name = structure("name")
    place: Name = structure("place or places from which it is reported")
    serves: tuple[Id, ...] = structure("ids of the catalogue's practices that it expresses", min_length=1)
    source: Text = structure("key of calibration/sources.csv, several separated by `; `")
    mechanisms: tuple[Mechanism, ...] = structure(
        "arrivals ARR, detection DET, intake INT, triage TRI, staffing STAF, sessions SVC, escalation ESC, "
        "follow-up FU, administration ADM, cost COST",
        min_length=1,
    )
    levers: tuple[Text, ...] = structure("key paths that it changes, and nothing else", min_length=1)
    shows_in: dict[Text, Direction] = structure(
        "one or two measures that it is about (`measure@tier` or `measure@group:id` for one tier or group), and how "
        "each moves: `higher`, `lower`, not at all (`same`), or `either` way by place and numbers",
        min_length=1,
        max_length=2,
    )
    evidence: Evidence = structure("evidence for its effect")
    measured_over: Text | None = structure(
        "an overlay, relative to this file, laid over the baseline it is measured against: what it remedies",
        default=None,
    )
    remark: Name | None = structure(
        "what a reader must know; required where prevention is all that it changes", default=None
    )


class PracticeFile(Block):
    """The one block, under its key."""

    practice: Practice = structure("the practice that this overlay stands for")
