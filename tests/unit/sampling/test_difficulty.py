import numpy as np
import pytest

from sim.sampling.difficulty import category_means_logit
from tests.unit.sampling.rich_place import exponential_days, rich_scenario, sampled
from tests.unit.scenario_factory import category


def test_category_means_are_shifted_to_an_overall_mean_of_zero() -> None:
    means = category_means_logit(rich_scenario())
    assert means == pytest.approx([-0.3 - 0.025, 1.0 - 0.025])


def test_difficulty_is_normal_by_category() -> None:
    categories = {
        "neighbours": category(0.5, difficulty_mean_logit=1.0, difficulty_sd_logit=0.5),
        "land": category(0.5, difficulty_mean_logit=2.0, difficulty_sd_logit=2.0),
    }
    emergence = {"rate_per_1000_per_year": 2_000.0}
    batch = sampled(rich_scenario(categories=categories, latent=None, patrol=None, emergence=emergence))
    for index, (mean, sd) in enumerate([(-0.5, 0.5), (0.5, 2.0)]):
        theta = batch.theta0_logit[(batch.category == index) & ~batch.opening]
        assert theta.mean() == pytest.approx(mean, abs=4 * sd / np.sqrt(len(theta)))
        assert theta.std() == pytest.approx(sd, rel=4 / np.sqrt(2 * len(theta)))


def test_the_opening_backlog_is_harder_by_its_shift() -> None:
    blocks = [{"disputes": 50, "age_days": exponential_days(60.0), "theta_shift_logit": shift} for shift in (0.0, 0.7)]
    same, harder = (sampled(rich_scenario(opening_backlog=block)) for block in blocks)
    raised = harder.theta0_logit - same.theta0_logit
    assert raised[-50:] == pytest.approx(np.full(50, 0.7))
    assert not raised[:-50].any()


def test_categories_without_spread_have_their_mean() -> None:
    categories = {"only": category(1.0, difficulty_sd_logit=0.0)}
    latent = {"self_report_days": {"only": exponential_days(30.0)}, "fade_days": exponential_days(60.0)}
    batch = sampled(rich_scenario(categories=categories, latent=latent, opening_backlog=None))
    assert not batch.theta0_logit.any()
