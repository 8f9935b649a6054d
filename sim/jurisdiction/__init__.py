"""Units, staff groups, posts, calendars and travel of a place, as arrays."""
