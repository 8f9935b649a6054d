"""Units, staff groups, posts, calendars and travel of a place, as arrays."""

from sim.jurisdiction.build import build_jurisdiction

__all__ = ["build_jurisdiction"]
