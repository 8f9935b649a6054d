"""English sentences of the report of a nation."""

from typing import Final

SENTENCES: Final = {
    # --- page ---
    "title_nation": "A year of the nation, county by county",
    "meta_line_nation": "Run {run_id} | random seed {seed} | {counties} counties",
    # --- answer ---
    "nation_large": "{number} million",
    "nation_small": "{number}",
    "nation_lead_disputes": (
        "In {counties} counties {emerged} disputes emerge in the year; {known} of them ({share}) become known to a "
        "mediator."
    ),
    "nation_lead_stated_more": "That is {difference} more than the {stated} that were reported.",
    "nation_lead_stated_fewer": "That is {difference} fewer than the {stated} that were reported.",
    "nation_lead_fates": (
        "Of all that emerge, {settled} are settled within 180 days and {top} reach the county; of the cases "
        "registered, {village} are settled in the village. A dispute stays unresolved for {days} days on average "
        "(at most 180 are counted). {litigated} are taken to court, and {incident} turn into an incident."
    ),
    "nation_lead_staff": (
        "The year's disputes take {hours} hours of mediators' time: {each} hours and {cost} yuan for each one settled."
    ),
    "nation_lead_spread": (
        "In the middle eight of ten counties the settlement rate lies between {low} and {high}, and town mediators "
        "are busy for {busy_low} to {busy_high} of their time."
    ),
    # --- table ---
    "table_nation": "The nation and its counties",
    "table_nation_note": (
        "Mean: over all disputes, all disputes settled or all working hours, whichever the measure is about, so "
        "large counties count for more. Total: of a share, so many disputes; of hours and cost, all of them. "
        "Percentiles: over counties, each counting once. nation.csv holds the same numbers in full precision and "
        "counties.parquet every county."
    ),
    "head_nation_mean": "Mean",
    "head_nation_total": "Total",
    "head_nation_p10": "10th percentile of counties",
    "head_nation_p50": "Median county",
    "head_nation_p90": "90th percentile of counties",
    "head_nation_stated": "As stated",
    "nation_quantity_population_persons": "Residents",
    "nation_quantity_committees": "Mediation committees",
    "nation_quantity_mediators": "Mediators",
    "nation_quantity_emerged_count": "Disputes that emerge in the year",
    "nation_quantity_known_count": "Disputes that become known",
    # --- figure ---
    "title_nation_spread": "Counties of every size",
    "reading_nation_spread": (
        "Each bar is a size class: the middle eight in ten of its counties, with the median as a dot. Small "
        "counties scatter more, since few disputes leave more to chance. Vertical scales differ."
    ),
    "figure_nation_persons": "residents of a county, thousands",
    "figure_nation_median": "median county of a size class",
    "figure_nation_spread": "middle eight in ten",
    "figure_nation_mean": "nation",
    # --- before you use this ---
    "warning_nation_counties": (
        "{counties} counties were simulated, not the nation's {of}: totals are theirs, and are not compared with "
        "what was reported."
    ),
    "warning_nation_alike": (
        'Every county is like one and the same model county ("{place}"), a rural one. Cities, regions, rich and '
        "poor do not differ here: counties differ by size, by what rounding leaves them of posts, and by chance. "
        "Real ones differ by more."
    ),
    "warning_nation_spread": (
        "Only totals are reported. How many counties there are, how unequal, how they divide into towns and grids "
        "and how mediators split over the tiers is assumed."
    ),
    "warning_nation_empty_desks": (
        "The year begins without a case in hand and without earlier agreements that may break; quarrels that nobody "
        "knows of yet are there. What becomes of the year's disputes hardly depends on it (the settlement rate by less "
        "than 1 in 100), but utilisation does, which also counts the first months: it is too low, by about a tenth at "
        "villages and towns and a fifth at the county. With a warm-up year (warmup_years: 1 in the file of the model "
        "county) it is not, and the run takes half as long again."
    ),
    # --- assumptions, method ---
    "nation_assumptions": (
        'What the counties are made from. All else is that of the model county, "{place}", {name}: '
        "county.resolved.yaml holds its values, each with what it rests on."
    ),
    "table_nation_stated": "What the nation is made from",
    "nation_totals_counties": "Counties and districts",
    "nation_totals_population_persons": "Residents",
    "nation_totals_committees": "Mediation committees",
    "nation_totals_mediators": "Mediators",
    "nation_totals_disputes_known_per_year": "Disputes taken up in a year, without referrals by courts",
    "nation_sizes_classes": "Size classes",
    "nation_sizes_population_cv": "Spread of residents between counties (standard deviation over mean)",
    "nation_units_towns_per_county": "Towns of a mean county",
    "nation_units_grids_per_village": "Grids of each village",
    "nation_staff_posts_per_unit": "Posts in each unit: {group}",
    "nation_staff_persons_per_post": "Residents for each post: {group}",
    "method_nation_classes": (
        "Residents of counties follow a lognormal distribution, cut into {classes} classes of equally many "
        "counties. Counties of a class have the same units and posts; each has its own disputes, unevenness and "
        "good or bad year."
    ),
    "method_nation_span": (
        "Each county is simulated from {start}: {warmup} years of warm-up, {cohort} year in which the disputes "
        "emerge that are followed, {follow} days in which further ones keep the staff as busy. Quarrels of the "
        "{latent} days before may still be latent at the start."
    ),
    "method_nation_means": (
        "Measures are defined as in every other report. Staff time and cost are those of the year's disputes, "
        "until the end of the follow-up; utilisation is that of the whole span."
    ),
    "method_nation_audits": (
        "Every county passed {count} audits of its accounts (disputes and fates, tiers, staff, and more); one that "
        "does not balance voids the run."
    ),
    "nation_reproduce": (
        "The same command gives the same files, byte for byte, with any number of workers. To check it: python "
        "run_sim.py verify outputs/nation/{run_id}"
    ),
}
