"""Nation files: national totals, made into counties in size classes, each class a scenario of its own."""

from sim.specification.nations.classes import CountyClass, class_of_county, county_classes
from sim.specification.nations.reading import NationFile, StatedTotal, read_nation

__all__ = ["CountyClass", "NationFile", "StatedTotal", "class_of_county", "county_classes", "read_nation"]
