"""Withholding and disclosing: the acts by which something is kept from an audience.

Each function returns an act, as those of `editing` do. What an act does, `log.withholding` says.
"""

from __future__ import annotations

from habeas import edtf, times
from habeas.case.editing import Act, thread_named
from habeas.errors import Refused, UnknownName
from habeas.events import AccessDisclosed, AccessWithheld, Event, build
from habeas.events.acts import ACCESS_KINDS
from habeas.log import State
from habeas.nearest import near
from habeas.vocabulary import PUBLIC


def withhold(
    what: str,
    *,
    until: str | None,
    audience: str,
    reason: str,
    follows: str | None,
    now: int | None = None,
) -> Act:
    """Keep an event, or `person:`, `party:` or `document:` with all that names it, from others.

    `until` is the last day of it (EDTF, in the case's zone); absent: until it is disclosed. Where
    `now` is given, a last day that is over by then is refused: it would disclose.
    """

    def act(state: State) -> Event:
        meant = _meant(state, what)
        _check(state, until, audience)
        if until is not None and now is not None:
            _check_to_come(state, until, now)
        if meant.startswith("event:") and state.place_of(meant.removeprefix("event:")) == 1:
            raise Refused("the case itself cannot be withheld", hint="keep the export to yourself")
        _check_news(state, meant, AccessWithheld, until)
        newest = follows or state.newest_on(f"access:{meant}")
        return build(AccessWithheld, _values(meant, until, audience, reason, newest))

    return act


def disclose(
    what: str, *, until: str | None, audience: str, reason: str, follows: str | None
) -> Act:
    """Disclose what was withheld: for good, or to the end of a day."""

    def act(state: State) -> Event:
        meant = _meant(state, what)
        _check(state, until, audience)
        newest = follows or state.newest_on(f"access:{meant}")
        if newest is None:
            raise Refused(f"'{what}' was never withheld", hint="habeas log --type access")
        _check_news(state, meant, AccessDisclosed, until)
        return build(AccessDisclosed, _values(meant, until, audience, reason, newest))

    return act


def _meant(state: State, what: str) -> str:
    """Return the typed id that is meant. Raises UnknownName for what is not there."""
    kind, colon, name = what.partition(":")
    if colon and kind in ACCESS_KINDS:
        if not state.is_registered(what):
            message = f"no {kind} '{name}' is registered"
            raise UnknownName(message, hint=_nearest(state, kind, name))
        return what
    try:
        return f"event:{thread_named(state, what.removeprefix('event:')).id}"
    except UnknownName as error:
        typed = [f"{one}:{what}" for one in ACCESS_KINDS if state.registered(f"{one}:{what}")]
        if not typed:
            raise
        raise UnknownName(error.message, hint=f"did you mean {' or '.join(typed)}?") from None


def _nearest(state: State, kind: str, name: str) -> str:
    like = [f"{kind}:{one}" for one in near(name, list(state.all_of(kind)))]
    if like:
        return f"did you mean {' or '.join(like)}?"
    return f"`habeas log --type {kind}.registered` lists them"


def _check_news(
    state: State, what: str, kind: type[AccessWithheld | AccessDisclosed], until: str | None
) -> None:
    """Check that an act would change something: it is not what the newest one says already."""
    newest = state.access_on(what)
    if isinstance(newest, kind) and newest.until == until:
        word = "withheld" if kind is AccessWithheld else "disclosed"
        through = f" through {until}" if until else ""
        message = f"'{what}' is {word}{through} already; nothing was added"
        raise Refused(message, hint="`habeas log --type access --audience desk` tells since when")


def _check(state: State, until: str | None, audience: str) -> None:
    if audience != PUBLIC:
        message = f"'{audience}' is not an audience from which something can be kept"
        raise Refused(message, hint=f"--audience {PUBLIC}; the desk sees all")
    zone = times.zone(state.case.timezone)
    if until is not None and edtf.parse(until).end_instant(zone) is None:
        raise Refused(f"`until` is '{until}', which has no last day", hint="--until 2026-06-30")


def _check_to_come(state: State, until: str, now: int) -> None:
    end = edtf.parse(until).end_instant(times.zone(state.case.timezone))
    if end is not None and end <= now:
        message = f"`until` is '{until}', which is over: nothing would be withheld"
        raise Refused(message, hint="give a day to come; or, to tell it: habeas disclose")


def _values(
    what: str, until: str | None, audience: str, reason: str, follows: str | None
) -> dict[str, str]:
    values = {
        "what": what,
        "audience": audience,
        "until": until,
        "reason": reason,
        "follows": follows,
    }
    return {key: value for key, value in values.items() if value is not None}
