"""habeas: what was known about a detainee, when, and from whom."""
