"""What scenario files may name as a source, and what each stands for: the ledger."""

from sim.experiment.cited_source import CitedSource


def known_sources() -> frozenset[str]:
    """Return the ids of all figures and the keys of all sources of the ledger."""
    return frozenset(citations())


def known_figures() -> dict[str, str]:
    """Return the unit of every figure of the ledger, by id."""
    from calibration.ledger import load_ledger

    return load_ledger().units


def citations() -> dict[str, CitedSource]:
    """Return what each id and key of the ledger stands for, in both languages."""
    from calibration.ledger import load_ledger

    ledger = load_ledger()
    cited = {key: CitedSource(key, source.citation_zh, source.citation_en) for key, source in ledger.sources.items()}
    for id_, figure in ledger.figures.items():
        source = cited[figure.source]
        cited[id_] = CitedSource(id_, f"{figure.quantity_zh}（{source.zh}）", f"{figure.quantity_en} ({source.en})")
    return cited
