"""Panels that nobody but the lead attends are sessions of the lead alone, draw for draw and measure for measure."""

from dataclasses import fields
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sim.specification.schema import Scenario
from tests.equivalence.same_bytes import assert_same_bytes, run_once
from tests.unit.outcomes.busy_place import busy_scenario
from tests.unit.scenario_factory import desk, outreach, panel

LEAD = {"village": "mediators", "town": "cadres", "county": "centre"}


def with_last_session(tier_id: str, session: dict[str, Any]) -> Scenario:
    """The busy place with one more session at a tier."""
    tiers = busy_scenario().model_dump(mode="json", by_alias=True, exclude_none=True)["tiers"]
    tiers[tier_id]["sessions"]["together"] = session
    return busy_scenario(tiers=tiers)


@pytest.mark.parametrize("tier_id", LEAD)
@pytest.mark.parametrize("travels", [False, True])
def test_a_panel_of_its_lead_alone_gives_the_bytes_of_a_desk_or_a_visit(tier_id: str, travels: bool) -> None:
    lead = LEAD[tier_id]
    alone = outreach(lead, effort_hours=6.0, bonus_logit=0.0) if travels else desk(lead, effort_hours=6.0)
    one, measured = run_once(with_last_session(tier_id, alone))
    other, also_measured = run_once(with_last_session(tier_id, panel(lead, effort_hours=6.0, travels=travels)))
    for table in ("disputes", "visits", "requests"):
        first, second = getattr(one, table), getattr(other, table)
        for column in fields(first):
            assert np.array_equal(getattr(first, column.name), getattr(second, column.name)), column.name
    pd.testing.assert_frame_equal(measured.measures, also_measured.measures, check_exact=True)
    assert len(other.seats.request) > 5


def test_groups_that_never_attend_are_not_there() -> None:
    nobody = panel("centre", "cadres", "mediators", effort_hours=6.0, attendance=0.0)
    assert_same_bytes(
        with_last_session("county", panel("centre", effort_hours=6.0)), with_last_session("county", nobody)
    )


def test_whoever_else_is_named_a_group_attends_the_same_panels() -> None:
    some = panel("centre", "cadres", effort_hours=6.0, attendance=0.5)
    more = panel("centre", "mediators", "cadres", effort_hours=6.0, attendance=0.5)
    more["attendance_prob"]["mediators"] = 0.0
    assert_same_bytes(with_last_session("county", some), with_last_session("county", more))


def test_first_handlers_have_nothing_to_keep_without_panels() -> None:
    assert_same_bytes(busy_scenario(), busy_scenario(first_handler_keeps={"bonus_logit": 1.0}))
