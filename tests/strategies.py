"""What hypothesis draws from: one strategy for each kind of value that habeas reads.

Add to it when there is something new to read. Everything drawn here is valid; what is not is
written out in the tests.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import attrs
from hypothesis import strategies as st

from habeas.events import CORRECTABLE, TAGS, TYPE_OF, EventCorrected, PartyRegistered, build
from habeas.events.fields import NAME_MAX, nfc
from habeas.times import day_window
from habeas.vocabulary import OPERATORS, PERSONAL_KINDS

# Zones whose clocks change at midnight, over it, by half hours, or by a whole day.
ZONE_NAMES = (
    "UTC",
    "America/Caracas",
    "America/Havana",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Toronto",
    "Asia/Kathmandu",
    "Europe/Madrid",
    "Pacific/Apia",
)
QUALIFIERS = ("", "", "", "?", "~", "%")
GROUPINGS = tuple(range(21, 42))

zones = st.sampled_from(ZONE_NAMES).map(ZoneInfo)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
recent_days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
instants = st.integers(-62_135_596_800_000_000, 253_402_300_799_999_999)
qualifiers = st.sampled_from(QUALIFIERS)


@st.composite
def windows(draw, among=recent_days):
    """A half-open window of whole days, and the zone whose days they are."""
    first, last = sorted((draw(among), draw(among)))
    zone = draw(zones)
    return (day_window(first, zone)[0], day_window(last, zone)[1]), zone


@st.composite
def plain_dates(draw, among=days):
    """A day, month or year without qualifiers: `2026-01-08`, `2026-01`, `2026`."""
    return draw(among).isoformat()[: draw(st.sampled_from((4, 7, 10)))]


@st.composite
def qualified_dates(draw, among=days):
    """A date with qualifiers left and right of its components: `?2004-06~-11`."""
    components = draw(plain_dates(among)).split("-")
    return "-".join(f"{draw(qualifiers)}{part}{draw(qualifiers)}" for part in components)


@st.composite
def unspecified_dates(draw, among=days):
    """A date, a few digits of which are `X`: `156X-12-25`, `2004-XX`."""
    text = draw(plain_dates(among))
    hidden = draw(st.sets(st.sampled_from([i for i, sign in enumerate(text) if sign != "-"])))
    return "".join("X" if i in hidden else sign for i, sign in enumerate(text))


@st.composite
def groupings(draw):
    """A season, quarter, quadrimester or semestral: `2001-21`."""
    year = draw(st.integers(1, 9998))
    return f"{year:04d}-{draw(st.sampled_from(GROUPINGS))}{draw(qualifiers)}"


@st.composite
def significant_years(draw):
    """A year of which some digits are significant: `1950S2`."""
    return f"{draw(st.integers(1000, 9999))}S{draw(st.integers(1, 4))}"


@st.composite
def moments(draw):
    """A date and time, with or without offset: `2026-01-08T21:00:00-04:00`."""
    offset = draw(st.none() | st.integers(-23 * 60 - 59, 23 * 60 + 59))
    zone = None if offset is None else timezone(timedelta(minutes=offset))
    moment = draw(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)))  # noqa: DTZ001
    text = moment.replace(microsecond=0, tzinfo=zone).isoformat()
    return f"{text[:-6]}Z" if text.endswith("+00:00") else text


calendar_dates = qualified_dates() | unspecified_dates() | groupings() | significant_years()


@st.composite
def intervals(draw, among=days):
    """An interval whose sides are stated, open or unknown: `2024-08/..`."""
    first, last = sorted((draw(among), draw(among)))
    left = draw(st.sampled_from(("", "..", first.isoformat(), f"{first.isoformat()[:7]}~")))
    right = draw(st.sampled_from(("", "..", last.isoformat(), f"{last.isoformat()[:7]}?")))
    return f"{left or '..' if not right else left}/{right}"


@st.composite
def sets(draw, among=days):
    """A set, of one or of all, with members, ranges and open sides: `[1667,1670..1672]`."""
    low, high = sorted((draw(among).isoformat(), draw(among).isoformat()))
    length = draw(st.sampled_from((4, 7, 10)))
    members = draw(st.lists(calendar_dates, min_size=1, max_size=4))
    if draw(st.booleans()):
        members.append(f"{low[:length]}..{high[:length]}")
    text = f"{draw(st.sampled_from(('', '..')))}{','.join(members)}"
    if ".." not in members[-1] and (len(members) > 1 or not text.startswith("..")):
        text += draw(st.sampled_from(("", "..")))
    return draw(st.sampled_from(("[{}]", "{{{}}}"))).format(text)


edtf_texts = calendar_dates | moments() | intervals() | sets()
# Texts that are nearly EDTF: drawn from its signs, and from those of the draft of 2012.
nearly_edtf = st.text("0123456789XuxyYeEpS?~%/.,[]{}()-+:TZ unkowpe\u0661\u2013", max_size=40)


# Texts as events hold them: no control characters, never blank; composed (NFC) where they are kept.
_PRINTABLE = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029")
_names = st.text(_PRINTABLE, min_size=1, max_size=12).filter(str.strip)
_texts = st.text(_PRINTABLE | st.sampled_from('\t\n"\\'), min_size=1, max_size=20).filter(str.strip)
names = _names | st.sampled_from(('x,"recorder":"y"', 'a "b" \\ c', "¶ 4", "Ángel Ñáñez"))
texts = _texts | names
WHENS = (
    "2026-01-08",
    "2024-08",
    "2024-12-10~",
    "[2026-01-08..2026-01-10]",
    "[..2024-07-28]",
    "2024-08/..",
    "2024-08/2025-08~",
    "2024-08/",
    "/2025-08",
    "../2026-01-16",
)


def field_values(spec):
    """Return a strategy of the values that a field of an event may hold, absent aside."""
    schema = spec.metadata["schema"]
    if spec.name == "when" and "status" in spec.metadata["doc"]:
        return st.sampled_from(WHENS)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "integer":
        return st.integers(0, schema["maximum"])
    if schema["type"] == "array":
        one = _strings(schema["items"])
        return st.lists(one.map(nfc), min_size=1, max_size=3, unique=True).map(tuple)
    return _strings(schema)


def _strings(schema):
    if "pattern" in schema:
        return st.from_regex(schema["pattern"].removesuffix("$") + r"\Z")
    formats = {"edtf": edtf_texts, "iana-zone": st.sampled_from(ZONE_NAMES)}
    if "format" in schema:
        return formats[schema["format"]]
    return names if schema["maxLength"] == NAME_MAX else texts


def _numbers(draw):
    """Draw the fields of a number: one, a range, or a word."""
    low, high = sorted((draw(st.integers(0, 2**53 - 1)), draw(st.integers(0, 2**53 - 1))))
    operator = draw(st.sampled_from([one for one in OPERATORS if one != ".."]))
    return draw(
        st.sampled_from(
            (
                {"operator": operator, "low": low},
                {"operator": "..", "low": low, "high": high},
                {"operator": operator, "quantity": "dozens"},
            )
        )
    )


@st.composite
def events_of(draw, cls):
    """An event of a class, each of its optional fields absent or not."""
    known = {}
    for spec in attrs.fields(cls):
        if spec.name == "data" or (spec.metadata["optional"] and draw(st.booleans())):
            continue
        known[spec.name] = draw(field_values(spec))
    if "operator" in known:
        known = {key: known[key] for key in known.keys() - {"low", "high", "quantity"}}
        known |= _numbers(draw)
    if cls is PartyRegistered and "of" in known:
        known["kind"] = draw(st.sampled_from(PERSONAL_KINDS))
    if cls is EventCorrected:
        known["data"] = draw(st.sampled_from(CORRECTABLE).flatmap(events_of))
        known["type"], known["version"] = TYPE_OF[type(known["data"])]
    return build(cls, known)


events = st.sampled_from(list(TAGS.values())).flatmap(events_of)
# JSON, canonical or not: what a decoder may be given.
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)
