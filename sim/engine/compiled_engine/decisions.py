"""The decisions of `sim.engine.rules`, compiled: the only place where the kernel decides about a dispute."""

from sim.engine import rules
from sim.engine.compiled_engine.compiling import compiled

passes = compiled(rules.passes)
judged_grade = compiled(rules.judged_grade)
thresholds_passed = compiled(rules.thresholds_passed)
starting_tier = compiled(rules.starting_tier)
is_sent_back = compiled(rules.is_sent_back)
running_due_s = compiled(rules.running_due_s)
acting_due_s = compiled(rules.acting_due_s)
is_busy = compiled(rules.is_busy)
running_patience_s = compiled(rules.running_patience_s)
is_petition_in_place = compiled(rules.is_petition_in_place)
first_exit = compiled(rules.first_exit)
leaves_before = compiled(rules.leaves_before)
departure_by = compiled(rules.departure_by)
departure_after_session = compiled(rules.departure_after_session)
after_withdrawal = compiled(rules.after_withdrawal)
instant_after = compiled(rules.instant_after)
reopening_tier = compiled(rules.reopening_tier)
is_visit_completed = compiled(rules.is_visit_completed)
