"""The words of the interface, in English and in Spanish.

What sources and recorders wrote is shown as they wrote it; only what the page itself says is here.
Every word stands in both languages, which the table's shape sees to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

LANGUAGES: Final = {"en": "English", "es": "Español"}

WORDS: Final[dict[str, tuple[str, str]]] = {
    "about": ("About", "Acerca de"),
    "about_basis": ("What these pages rest on", "En qué se basan estas páginas"),
    "about_check": ("How to check it", "Cómo comprobarlo"),
    "about_rules": ("The rules", "Las reglas"),
    "about_standings": ("How well a thing is supported", "Qué tan respaldado está algo"),
    "about_statuses": ("What the words mean", "Qué significan las palabras"),
    "against": ("What speaks against it", "Lo que habla en contra"),
    "also": ("also", "también"),
    "all_changes": ("All changes of the day", "Todos los cambios del día"),
    "all_days": ("All days", "Todos los días"),
    "as_of": ("As of", "Al"),
    "as_of_day": ("As of which day?", "¿A qué día?"),
    "as_of_now": ("As of the newest day", "Al día más reciente"),
    "audience": ("Audience", "Público"),
    "basis": ("Basis", "Base"),
    "because": ("Told by", "Según"),
    "beside": ("Also told, and not what counts", "También contado, y no es lo que cuenta"),
    "case": ("Case", "Caso"),
    "change_none": ("Nothing changed on this day.", "Nada cambió este día."),
    "changes": ("What changed", "Qué cambió"),
    "changes_elsewhere": (
        "What changed on that day stands on its own page.",
        "Lo que cambió ese día está en su propia página.",
    ),
    "check": (
        (
            "Every number here is the answer of one command to the same log. The root is the head "
            "of a Merkle tree over all events: two who hold the same root hold the same log."
        ),
        (
            "Cada número de aquí es la respuesta de una orden a la misma bitácora. La raíz es la "
            "cabeza de un árbol de Merkle sobre todos los eventos: quienes tienen la misma raíz "
            "tienen la misma bitácora."
        ),
    ),
    "claims": ("Claims", "Afirmaciones"),
    "confirmed_of": ("confirmed", "confirmadas"),
    "contested": ("contested", "en disputa"),
    "contradicted": ("Contradicted", "Desmentido"),
    "corrected": ("our record of this was corrected", "nuestro registro fue corregido"),
    "counted_by": ("Counter", "Quién cuenta"),
    "counts": ("Reported numbers", "Cifras"),
    "counts_lead": (
        "Numbers as their counters gave them. They are never added to our own list.",
        "Cifras tal como las dieron quienes cuentan. Nunca se suman a nuestra lista.",
    ),
    "counts_none": ("No number was told by this day.", "Ninguna cifra se conocía ese día."),
    "custody": ("Custody", "Custodia"),
    "data": ("Data", "Datos"),
    "data_lead": (
        (
            "The same answers as files, of the newest day. The page of each day and of each person "
            "has its own."
        ),
        (
            "Las mismas respuestas en archivos, del día más reciente. La página de cada día y de "
            "cada persona tiene las suyas."
        ),
    ),
    "date": ("Since", "Desde"),
    "date_none": ("date not stated", "fecha no indicada"),
    "day": ("Day", "Día"),
    "days": ("Days", "Días"),
    "days_lead": (
        "The days on which something became known, the newest first.",
        "Los días en que algo se supo, primero el más reciente.",
    ),
    "details": ("What else is told", "Qué más se cuenta"),
    "different_date": ("different date", "otra fecha"),
    "documents": ("Documents", "Documentos"),
    "doubt": ("Those who do not know", "Quienes no lo saben"),
    "engine": ("Engine", "Motor"),
    "event": ("event", "evento"),
    "feed": ("News feed", "Canal de noticias"),
    "feed_json": ("The same as JSON", "El mismo en JSON"),
    "filter": ("Find a name", "Buscar un nombre"),
    "filter_part": ("Find a name on this page", "Buscar un nombre en esta página"),
    "first": ("told first", "contadas primero"),
    "fold_claims": ("The claims behind it", "Las afirmaciones"),
    "group": ("Group", "Grupo"),
    "groups": ("Groups", "Grupos"),
    "groups_lead": (
        "Announced in numbers, followed name by name.",
        "Anunciados en cifras, seguidos nombre por nombre.",
    ),
    "groups_none": ("No group was told of by this day.", "Ningún grupo se conocía ese día."),
    "held_for": ("Time held", "Tiempo bajo custodia"),
    "independent": ("voices", "voces"),
    "known_from": ("known from", "conocido desde"),
    "language": ("Language", "Idioma"),
    "last_changes": ("Changes of the last days", "Cambios de los últimos días"),
    "log": ("Log", "Bitácora"),
    "log_clock": ("As our log stood on", "Según nuestra bitácora el"),
    "log_events": ("events", "eventos"),
    "log_lead": (
        "A second clock: what sources had said by the day above, as far as we had recorded it.",
        (
            "Un segundo reloj: lo dicho por las fuentes hasta ese día, en la medida en que ya lo "
            "habíamos registrado."
        ),
    ),
    "log_now": ("now", "ahora"),
    "member": ("Named", "Con nombre"),
    "move_hint": (
        "Marks are days on which something became known. Arrow keys move by a day.",
        "Las marcas son días en que algo se supo. Las flechas mueven un día.",
    ),
    "name": ("Name", "Nombre"),
    "newest_only": (
        "What follows is as of the newest day; what was not yet known on the day above is marked.",
        "Lo que sigue es al día más reciente; se marca lo que aún no se sabía el día de arriba.",
    ),
    "next": ("Next day with news", "Día siguiente con noticias"),
    "newest": ("newest", "más reciente"),
    "no_date": ("–", "–"),
    "none_known": ("Nothing was known by this day.", "Nada se sabía ese día."),
    "not_confirmed": ("not confirmed", "sin confirmar"),
    "not_counted": ("Not counted", "No contado"),
    "not_yet": ("not yet known on the day shown", "aún no se sabía el día mostrado"),
    "nothing_against": ("Nothing we know of.", "Nada que sepamos."),
    "number": ("Number", "Cifra"),
    "of_day": ("Of the day", "Del día"),
    "of_status": ("of a status", "de un estado"),
    "open": ("What is open", "Lo que está abierto"),
    "open_of": ("open", "abiertas"),
    "otherwise": ("denied, replaced, other", "negadas, reemplazadas, otras"),
    "over_time": ("How it was seen over time", "Cómo se vio con el tiempo"),
    "overview": ("Overview", "Panorama"),
    "page_of_day": ("This day's own page", "La página de este día"),
    "part_of": ("part of", "parte de"),
    "parts": ("Parts", "Partes"),
    "pending": ("Pending", "Pendiente"),
    "perhaps_newer": ("perhaps newer", "quizá más reciente"),
    "person": ("Person", "Persona"),
    "persons": ("persons on record", "personas registradas"),
    "person_lead": ("All that was said, and by whom.", "Todo lo dicho, y por quién."),
    "picture": ("The picture", "La imagen"),
    "place": ("Last place told", "Último lugar contado"),
    "population": ("Population", "Población"),
    "position": ("Log position", "Posición de la bitácora"),
    "possible": (
        "by the dates told, this may be still to come",
        "según las fechas contadas, quizá esté por venir",
    ),
    "previous": ("Previous day with news", "Día anterior con noticias"),
    "presumed": ("presumed to be in custody", "se presume bajo custodia"),
    "published": ("Published", "Publicado"),
    "redacted": ("Redacted", "Suprimidos"),
    "relay": ("Relay", "Quien retransmite"),
    "relayed_by": ("relayed by", "retransmitido por"),
    "relays": ("Who relays whom", "Quién retransmite a quién"),
    "relays_lead": (
        "A relay adds no voice: what is relayed is its origin's.",
        "Una retransmisión no añade voz: lo retransmitido es de su origen.",
    ),
    "remarks": ("Remarks", "Observaciones"),
    "removed": ("no claim counts any more", "ninguna afirmación cuenta ya"),
    "replaced": ("Replaced by the same voice", "Reemplazado por la misma voz"),
    "rest": ("not named", "sin nombre"),
    "root": ("Root of the log", "Raíz de la bitácora"),
    "roster": ("Everybody on record", "Todas las personas registradas"),
    "says": ("says", "dice"),
    "share": ("of", "de"),
    "sightings": ("seen so", "visto así"),
    "skip": ("To the content", "Al contenido"),
    "sources": ("Sources", "Fuentes"),
    "sources_lead": (
        "Who spoke, and what became of it. Outlets that relay one voice are one voice.",
        "Quién habló, y qué fue de ello. Los medios que retransmiten una voz son una voz.",
    ),
    "spells": ("From when until when", "Desde cuándo y hasta cuándo"),
    "standing": ("Standing", "Respaldo"),
    "status": ("Status", "Estado"),
    "support": ("What supports it", "Lo que lo respalda"),
    "time": ("Time", "Tiempo"),
    "title": ("What was known", "Lo que se sabía"),
    "told": ("told as", "contado como"),
    "told_last": (
        "No claim about this person counts any more. What follows is as of",
        "Ninguna afirmación sobre esta persona cuenta ya. Lo que sigue es al",
    ),
    "told_in": ("Told in", "Contado en"),
    "unlisted": (
        "No longer on a list, which is no release",
        "Ya no figura en una lista, lo que no es una excarcelación",
    ),
    "unnamed": ("without a name", "sin nombre"),
    "until": ("until", "hasta"),
    "verify": ("Verify the log", "Verificar la bitácora"),
    "voice": ("Voice", "Voz"),
    "voices": ("Voices", "Voces"),
    "was": ("before", "antes"),
    "withdrawn": ("Withdrawn", "Retirado"),
    "withheld": ("Withheld", "Retenidos"),
    "zone": ("Days end at midnight in", "Los días terminan a medianoche en"),
    # custodies
    "custody.held": ("In custody", "Bajo custodia"),
    "custody.out": ("Out of custody", "Fuera de custodia"),
    "custody.dead": ("Dead", "Muertos"),
    "custody.unknown": ("Not known", "No se sabe"),
    # statuses
    "status.detained": ("detained", "detención"),
    "status.incommunicado": ("held incommunicado", "incomunicación"),
    "status.disappeared": ("disappeared", "desaparición"),
    "status.house_arrest": ("under house arrest", "arresto domiciliario"),
    "status.released": ("released", "excarcelación"),
    "status.restricted": ("released under restrictions", "excarcelación con medidas"),
    "status.at_liberty": ("at liberty", "libertad plena"),
    "status.sent_abroad": ("sent abroad", "salida al exterior"),
    "status.escaped": ("escaped", "fuga"),
    "status.died": ("died", "muerte"),
    "status.missing": ("missing", "sin paradero"),
    "status.unknown": ("not known", "no se sabe"),
    # standings
    "standing.confirmed": ("confirmed", "confirmado"),
    "standing.reported": ("reported", "informado"),
    "standing.disputed": ("disputed", "disputado"),
    "standing.unconfirmed": ("unconfirmed", "sin confirmar"),
    "standing.expected": ("expected", "esperado"),
    "meaning.confirmed": (
        "somebody near to it says so, or several independent sources do",
        "lo dice alguien cercano, o varias fuentes independientes",
    ),
    "meaning.reported": (
        "said without a hedge, but by fewer",
        "dicho sin reservas, por menos",
    ),
    "meaning.disputed": (
        "denied by sources at least as strong",
        "negado por fuentes al menos igual de fuertes",
    ),
    "meaning.unconfirmed": (
        "passed on, and marked as not confirmed",
        "transmitido, y señalado como no confirmado",
    ),
    "meaning.expected": ("announced, or about to happen", "anunciado, o por ocurrir"),
    # stances
    "stance.asserted": ("says", "afirma"),
    "stance.unconfirmed": ("passes on, as not confirmed", "transmite, sin confirmar"),
    "stance.expected": ("expects", "espera"),
    "stance.denied": ("denies", "niega"),
    "stance.unknown": ("does not know whether", "no sabe si"),
    # kinds of party
    "kind.detainee": ("detainee", "persona detenida"),
    "kind.family": ("family", "familia"),
    "kind.lawyer": ("lawyer", "defensa"),
    "kind.witness": ("witness", "testigo"),
    "kind.monitor": ("monitor", "observador"),
    "kind.court": ("court", "tribunal"),
    "kind.government": ("government", "gobierno"),
    "kind.authority": ("authority", "autoridad"),
    "kind.intergovernmental": ("intergovernmental", "intergubernamental"),
    "kind.media": ("media", "medio"),
    "kind.other": ("other", "otro"),
    "kind.unidentified": ("unidentified", "sin identificar"),
    # disputes
    "dispute.date": ("the date is contested", "la fecha está en disputa"),
    "dispute.label": ("what to call it is contested", "cómo llamarlo está en disputa"),
    "dispute.status": ("whether it is so is contested", "si es así está en disputa"),
    # causes of change
    "cause.reported": ("newly reported", "informado ahora"),
    "cause.backfilled": ("recorded later", "registrado después"),
    "cause.corrected": ("our record corrected", "corrección nuestra"),
    "cause.withdrawn": ("withdrawn by its source", "retirado por su fuente"),
    "cause.voided": ("voided in our record", "anulado en nuestro registro"),
    "cause.merged": ("two persons found to be one", "dos personas resultaron una"),
    "cause.separated": ("a merge undone", "una unión deshecha"),
    "cause.graded": ("a source graded anew", "una fuente reevaluada"),
    "cause.elapsed": ("a told date passed", "pasó una fecha contada"),
    "first_on_record": ("first on record", "primer registro"),
    # groups
    "part.named": ("named", "con nombre"),
    "part.confirmed": ("confirmed", "confirmados"),
    "part.reported": ("reported", "informados"),
    "part.disputed": ("disputed", "disputados"),
    "part.pending": ("pending", "pendientes"),
    "part.contradicted": ("contradicted", "desmentidos"),
    "part.others": ("told otherwise", "contados de otro modo"),
    # details
    "detail.nationality": ("Nationality", "Nacionalidad"),
    "detail.charge": ("Charge", "Cargo"),
    "detail.occupation": ("Occupation", "Ocupación"),
    "detail.affiliation": ("Affiliation", "Afiliación"),
    "detail.legal": ("Proceedings", "Proceso"),
    "detail.contact": ("Contact", "Contacto"),
    "detail.residence": ("Residence", "Residencia"),
    "detail.health": ("Health", "Salud"),
    "detail.age": ("Age", "Edad"),
    "detail.family": ("Family", "Familia"),
    "detail.name": ("Name", "Nombre"),
    # measures
    "measure.held": ("held", "en prisión"),
    "measure.foreign_held": ("foreigners held", "extranjeros en prisión"),
    "measure.released_on": ("released on the day", "excarcelados en el día"),
    "measure.released_since": ("released since", "excarcelados desde"),
    "measure.announced": ("releases announced", "excarcelaciones anunciadas"),
    "measure.verified": ("releases verified", "excarcelaciones verificadas"),
    "measure.arrested_on": ("arrested on the day", "detenidos en el día"),
    "measure.arrested_since": ("arrested since", "detenidos desde"),
    "measure.late_added": ("earlier cases learned of late", "casos anteriores sabidos tarde"),
}


def words_of(language: str) -> Callable[[str], str]:
    """Return what gives the word for a key; a key's last part, as it is, where there is none."""
    place = list(LANGUAGES).index(language)

    def word(key: str) -> str:
        found = WORDS.get(key)
        return key.rpartition(".")[2].replace("_", " ") if found is None else found[place]

    return word
