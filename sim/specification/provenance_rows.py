"""Where each value of a scenario comes from, row by row, for people to read."""

from dataclasses import dataclass

from sim.specification.leaves import scenario_leaves
from sim.specification.resolved import ProvenancePlaces, ResolvedScenario
from sim.specification.shape import Role
from sim.specification.tree import dotted


@dataclass(frozen=True, slots=True)
class ProvenanceRow:
    """One value: `basis` and `source` are empty and `range` None where the file states none."""

    path: str
    value: object
    unit: str
    role: Role
    basis: str
    source: str
    range: tuple[float, float] | None
    file: str
    line: int
    column: int
    set_by: str


def provenance_rows(resolved: ResolvedScenario) -> list[ProvenanceRow]:
    """List every value in the order of the schema; the rows of a units table are one row."""
    places = ProvenancePlaces(resolved.provenance)
    rows = []
    for leaf in scenario_leaves(resolved.scenario):
        path = dotted(leaf.path)
        stated = resolved.provenance.get(path)
        place = places.place(leaf.path)
        rows.append(
            ProvenanceRow(
                path=path,
                value=leaf.value,
                unit=leaf.field.unit,
                role=leaf.field.role,
                basis=(stated.basis or "") if stated else "",
                source=(stated.source or "") if stated else "",
                range=stated.range if stated else None,
                file=place.file,
                line=place.line,
                column=place.column,
                set_by=stated.set_by if stated else place.file,
            )
        )
    return rows
