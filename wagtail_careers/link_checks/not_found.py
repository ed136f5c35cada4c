"""Titles that say that there is no such page, in the languages of sites that careers pages link to.

A site that answers 200 all the same does not keep its word to programs, only to readers.
"""

import re
from unicodedata import normalize

from wagtail_careers.text import one_line

_SEPARATOR = re.compile(r"\s+[-–—|·•»:/]+\s+|\s*[|»]\s*|:\s+")
#: What stands before and after the message itself.
_LEAD = re.compile(
    r"^(?:(?:sorry|oops|uh[ -]?oh|whoops|error|http|status|code|we're sorry|we are sorry|"
    r"entschuldigung|désolé|lo sentimos|4(?:04|10))\b[\s,.!:;–—-]*(?:but |and )?)+"
)
_TAIL = re.compile(r"(?:[\s.!…?:(]*\b(?:error)?\s*4(?:04|10)\b\)?)?[\s.!…?)]*$")

#: Each is the whole of a title or heading, or the whole of a part between separators.
_MESSAGES = (
    # English
    r"(?:(?:the|this|that|your) )?(?:requested )?(?:(?:web ?)?page|file|content|resource|document|"
    r"url|job|vacancy|role|position|course|apprenticeship)"
    r"(?: (?:that )?you(?: a|')re looking for| you (?:requested|were looking for))?"
    r" (?:(?:is|was|has|does|could|are)(?: ?not|n't) |can't |cannot |not |is no longer |no longer )"
    r"(?:be )?(?:been )?(?:found|exists?|available|here)",
    r"(?:we )?(?:can(?:not|'t| not)|could(?:n't| not)) find (?:the|this|that|your) "
    r"(?:web ?)?page(?: (?:that )?you(?:'re| are| were) looking for)?",
    r"(?:(?:page|file|object|content|resource) )?not found",
    r"(?:missing page|page missing|no such page|nothing here)",
    # Welsh
    r"(?:ni |heb )?(?:chanfuwyd|ganfod|ddod o hyd i)'?r? ?y? ?(?:du|tu)dalen(?: hon)?",
    r"(?:(?:methu|wedi methu) |ni allwn |ni ellir )(?:â )?d?dod o hyd i'r dudalen(?: hon)?",
    r"(?:y )?(?:du|tu)dalen (?:heb ei (?:chanfod|darganfod)|ddim ar gael|ddim yn bodoli)",
    r"nid (?:yw|oes)'?r? ?(?:dudalen|tudalen)(?: hon)? (?:yn bodoli|ar gael|wedi'i chanfod)",
    # Irish
    r"níor aimsíodh an leathanach",
    # German
    r"(?:(?:die|diese) )?(?:angeforderte )?seite (?:wurde |konnte )?(?:leider )?nicht "
    r"(?:gefunden(?: werden)?|verfügbar)",
    r"(?:(?:die|diese) )?(?:angeforderte )?seite (?:existiert nicht(?: mehr)?|ist nicht verfügbar)",
    r"nicht gefunden",
    # French
    r"(?:(?:la|cette) )?page (?:demandée )?(?:est |n'a pas été |n'est pas )?"
    r"(?:introuvable|non trouvée|pas trouvée|trouvée|inexistante|non disponible)",
    r"(?:la |cette )?page (?:demandée )?n'existe (?:pas|plus)",
    # Spanish, Portuguese and Italian
    r"(?:(?:la|esta) )?página (?:solicitada )?(?:no (?:encontrada|existe|disponible)|"
    r"no se ha encontrado|no ha sido encontrada)",
    r"no se (?:encontró|ha encontrado) la página",
    r"(?:a |esta )?página (?:não (?:encontrada|existe|disponível)|não foi encontrada)",
    r"(?:(?:la|questa) )?pagina (?:richiesta )?(?:non (?:trovata|esiste|disponibile)|"
    r"non è stata trovata)",
    # Dutch
    r"(?:(?:de|deze) )?pagina (?:kon )?(?:is |werd )?niet (?:gevonden(?: worden)?|beschikbaar)"
    r"|(?:deze )?pagina bestaat niet(?: meer)?",
    # Scandinavian languages and Finnish
    r"sidan (?:kunde inte hittas|hittades inte|finns inte|saknas)",
    r"siden (?:blev |ble )?(?:ikke|kunne ikke) (?:fundet|funnet|findes|finnes)",
    r"siden (?:findes|finnes) ikke|sivua ei (?:löytynyt|löydy)",
    # Polish, Czech, Romanian and Turkish
    r"nie znaleziono strony|strona nie (?:istnieje|została znaleziona)",
    r"stránka (?:nenalezena|nebyla nalezena|neexistuje)",
    r"pagina nu (?:a fost găsită|există)|sayfa bulunamad\u0131",
    # Arabic, Chinese and Japanese
    r"(?:هذه )?الصفحة غير موجودة",
    r"(?:页面未找到|找不到页面|找不到該頁面|找不到頁面|页面不存在|頁面不存在)",
    r"(?:お探しの)?ページ(?:が|は)?見つかりません(?:でした)?",
)
_NOT_FOUND = re.compile("|".join(f"(?:{message})" for message in _MESSAGES))
_STATUS = re.compile(
    r"(?:(?:http|error|fehler|erreur|errore|erro|błąd|gwall|fout|status|code)\s*)*404"
)


def is_not_found(text: str) -> bool:
    """Return whether a title or heading says that there is no such page.

    It must say so by itself, or in a part of its own: “How to fix 404 errors” does not.
    """
    text = normalize("NFC", text).lower().replace("’", "'")
    text = one_line(text)
    return any(_says_so(part) for part in (text, *_SEPARATOR.split(text)))


def _says_so(part: str) -> bool:
    part = part.strip(" .!…")
    if _STATUS.fullmatch(part):
        return True
    has_status = bool(re.search(r"\b404\b", part))
    message = _TAIL.sub("", _LEAD.sub("", part))
    return bool(_NOT_FOUND.fullmatch(message)) or (has_status and not message)
