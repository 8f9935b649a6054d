"""What is told of the machine is what is installed there."""

from importlib.metadata import version

from sim.engine.choose import EngineName
from sim.experiment.environment import describe_environment


def test_versions_are_those_that_are_installed() -> None:
    told = describe_environment(2, EngineName.SIMPY)
    packages = told["packages"]
    assert isinstance(packages, dict)
    assert {"numpy", "pandas", "simpy"} <= packages.keys()
    assert packages == {package: version(package) for package in packages}
    assert told["simulator"] == version("tiered-mediation")
