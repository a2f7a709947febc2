"""Reconciling: from one reported number to another, and a number beside our own roster.

Every line is an amount with the persons, numbers and events behind it; what the lines do not
explain is a remainder of its own, never spread over them. Amounts are ranges: what may lie outside
the time, or may not be meant by the counter, counts from nothing to all of it.
"""

from __future__ import annotations

from habeas.projections.reconcile.answer import reconcile
from habeas.projections.reconcile.pair import check_number
from habeas.projections.reconcile.roster import against_roster

__all__ = ["against_roster", "check_number", "reconcile"]
