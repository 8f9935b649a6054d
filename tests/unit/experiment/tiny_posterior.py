"""A hand-written posterior of the tiny county: what its draws do is known beforehand."""

import shutil
from pathlib import Path

from sim.experiment.asking import Wanted, ask_compare, ask_run, files_to_compare
from sim.experiment.question import Question

TINY_COUNTY = Path(__file__).parents[2] / "end_to_end" / "tiny_county"
DRAWS = 24
HEADER = (
    "draw,parameter:found_per_1000_per_year,parameter:county_ability,parameter:village_posts,parameter:nothing,"
    "value:emergence.rate_per_1000_per_year,value:staff_groups.centre.ability_logit,"
    "value:staff_groups.mediators.posts,value:queue.quantum_hours\n"
)


def posterior_text(draws: int = DRAWS) -> str:
    """Return the file: rate, ability and posts spread over their ranges, each in an order of its own."""
    rows = []
    for draw in range(draws):
        rate, ability, posts = 12 + draw * 7 % draws, round(draw * 5 % draws / draws * 0.6, 3), 6 + draw % 4
        rows.append(f"{draw},{rate},{ability},{posts},{draw * 11 % draws},{rate},{ability},{posts},{draw}")
    return HEADER + "\n".join(rows) + "\n"


def county_with_posterior(folder: Path, text: str | None = None) -> Path:
    """Copy the tiny county to a folder, its baseline naming a posterior sample in a folder beside it."""
    county = Path(shutil.copytree(TINY_COUNTY, folder / "tiny_county"))
    (folder / "fitted").mkdir()
    (folder / "fitted" / "tiny.posterior.csv").write_text(text or posterior_text(), encoding="utf-8")
    baseline = county / "baseline.yaml"
    written = baseline.read_text(encoding="utf-8")
    named = "experiment:\n  posterior: ../fitted/tiny.posterior.csv\n"
    baseline.write_text(written.replace("experiment:\n", named), encoding="utf-8")
    return county


def comparison(county: Path, wanted: Wanted) -> Question:
    """Ask for the comparison of a county's folder."""
    return ask_compare(files_to_compare(county), wanted)


def single(county: Path, wanted: Wanted) -> Question:
    """Ask about the baseline alone."""
    return ask_run(county / "baseline.yaml", (), (), wanted)
