"""Projections: questions to the log, one a file, each a pure function of a state and a question."""
