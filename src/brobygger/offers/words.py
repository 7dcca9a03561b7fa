"""Everyday words, Danish and English, read into what the house knows: themes, a price, a status. Pure.

One table both ways: an offer's own words and a searcher's ("skylder penge") lead to the same theme.
Deterministic and readable on purpose: whoever wonders why an offer has a theme can find the word here.
"""

import re
from decimal import Decimal

from brobygger.engine.words import Language
from brobygger.offers.terms import OfferStatus, OnlyFor, Theme
from brobygger.partners.terms import OrganisationKind

# Stems from the beginning of a word; `$` closes the word. As people say it, not as a taxonomy would.
WORDS: dict[Theme, str] = {
    Theme.HOMEWORK: "lektie|homework|tutor|eksamenshjælp|skolearbejde|study help|after.?school|literacy",
    Theme.LEISURE: (
        "fritids?(?:aktivitet|klub|tilbud|pas|hjem|liv|interesse)?$|forening|idræt|fodbold|svømning"
        "|håndbold|kampsport|musikskole|spejder|sport|recreation|leisure|swimming|football|soccer"
        "|arts and crafts"
    ),
    Theme.YOUTH_JOB: "fritidsjob|ungejob|lommepenge|sommerjob|youth (?:job|employment)|summer job",
    Theme.PARENTING: (
        "forældre(?!myndighed)|familievejled|mødregruppe|fædregruppe|børneopdrag|parenting"
        "|parent (?:group|support|education)|parental support|new parents"
    ),
    Theme.DEBT: (
        "gæld|skyld(?:er|e)? (?:penge|væk)|inkasso|rykker|kreditor|privatøkonomi|økonomisk rådgiv"
        "|økonomirådgiv|budget|fogedret|betalingsstandsning|debt|bankrupt|foreclosure|consumer|creditor"
        "|credit (?:counsel|repair)|collection(?:s)? (?:defense|self.help|lawsuit)"
        "|financial (?:help|counsel|distress|literacy)|predatory lending|repossession|money management"
        "|economic self"
    ),
    Theme.COMPANY: (
        "ensom|fællesskab|fællesspisning|besøgsven|samvær$|socialt samvær|mødested|netværkscaf|lonel"
        "|isolat|friendly visit|companionship|peer support|social activit|community (?:meal|dinner)"
        "|shut.ins"
    ),
    Theme.DROP_IN: (
        "værested|varmestue|drop.?in|åbent hus|åben café|åben dør|day cent(?:er|re)|walk.in cent(?:er|re)"
    ),
    Theme.DANISH: (
        "danskundervis|dansktræn|dansk som|lære? dansk|tale? dansk|sprogcaf|sprogtræn|danskkursus"
        "|danish (?:class|lesson|convers|course|language)|learn danish"
    ),
    Theme.WORK: (
        "arbejde$|arbejdsløs|arbejdsmarked|beskæftig|jobcenter|jobsøg|jobcaf|job$|praktik"
        "|virksomhedsprakt|uddannelse|fagforening|employ(?!er identification)|unemploy"
        "|job (?:search|train|placement|development)|jobs$|wage|workplace|labor law|labour law|career"
        "|workforce"
    ),
    Theme.HEALTH: (
        "sundhed|sygdom|læge|sygeplej|tandlæge|tandpleje|motion$|kost$|health|medical|doctor|nurse"
        "|hospital|hiv|aids$|dental|clinic for"
    ),
    Theme.WELLBEING: (
        "psykisk|psykolog|angst|depression|stress|sorg$|sorggruppe|livskrise|trivsel|samtalegruppe"
        "|har det svært|selvmord|mental|anxiety|grief|bereave|suicide|psychotherap"
        "|(?:peer|supportive|family) counsel|counselling services|geriatric counsel|life events"
    ),
    Theme.MISUSE: (
        "misbrug|alkohol|rusmid|stofmisbrug|stoffer$|afhængighed|ludoman|alcohol|substance abuse|drug"
        "|addict|recovery program|sobriety"
    ),
    Theme.HOUSING: (
        "bolig(?!social)|husleje|lejer|udlejer|udsættelse af lejer|smidt ud|hjemløs|housing|evict"
        "|landlord|tenant|renter|rent$|foreclos|homeowner|homeless|mortgage|lockout|shelter"
    ),
    Theme.LEGAL: (
        "retshjælp|advokat|jurist|juridisk|jura$|retssag|lovgivning|legal|law$|laws$|lawyer|attorney"
        "|pro (?:bono|se)$|court|litigation|direct representation|expunge|criminal records?"
        "|civil rights|mediation|paralegal"
    ),
    Theme.FAMILY_LAW: (
        "skilsmisse|skilt$|forældremyndighed|samværsret|samværssag|samværsaftale|børnebidrag|familieret"
        "|divorce|custody|child support|visitation|guardianship|parentage|paternity|family law"
        "|family issues|adoption|domestic relations|unmarried parents"
    ),
    Theme.IMMIGRATION: (
        "opholdstillad|ophold(?:s|et)?$|indvandr|asyl|flygtning|statsborger|familiesammenfør|udlænding"
        "|immigra|asylum|deport|daca$|refugee|citizenship|naturali[sz]ation|visa$|migrant"
    ),
    Theme.FOOD: (
        "mad$|madhjælp|madkasse|madspild|måltid|fødevare|tøj$|genbrugstøj|julehjælp|food|meal|pantry"
        "|groceries|nutrition|hunger|calfresh|clothing|soup kitchen"
    ),
    Theme.SAFETY: (
        "vold$|voldsramt|voldelig|krisecenter|overgreb|stalking|æresrelat|tryghed"
        "|negativ social kontrol|domestice? (?:violence|abuse)|orders? of protection|protective order"
        "|survivor|trafficking|sexual (?:assault|abuse)|abused (?:spouse|women|children)"
        "|partner violence|victims? of (?:crime|violence|abuse|hate)|hate crime|restraining"
    ),
    Theme.DIGITAL: "digital(?! post)|mitid|nemid|it.hjælp|it.caf|computer|smartphone|internet|wifi",
    Theme.AUTHORITIES: (
        "kommunen|offentlige myndighed|det offentlige|digital post|e.?boks|borgerservice|bisidder"
        "|partsrepræsent|kontanthjælp|ydelse|ansøgning(?:er|sskema)|førtidspension|public benefits"
        "|social security|welfare|medicaid|medicare|food stamps|pension"
        "|benefits? (?:enroll|application|outreach)|veterans? (?:benefit|rights|affairs)|ombudsman"
        "|passport|low.income tax|tax clinic"
    ),
    Theme.VOLUNTEER: (
        "bliv frivillig|frivillige søges|vil hjælpe|som frivillig|become a volunteer"
        "|volunteer opportunit|volunteer with us|volunteering$"
    ),
}


def _pattern(stems: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{stems.replace('$', chr(92) + 'b')})", re.IGNORECASE)


_THEMES = {theme: _pattern(stems) for theme, stems in WORDS.items()}


def themes_in(*texts: str) -> list[Theme]:
    """The themes that these texts name, in the order of `Theme`.

    >>> [str(theme) for theme in themes_in("Vi hjælper dig, der skylder penge")]
    ['debt']
    >>> [str(theme) for theme in themes_in("Foreclosure defense hotline", "Direct representation")]
    ['debt', 'housing', 'legal']
    >>> themes_in("Tirsdagsholdet")
    []
    """
    text = " \n ".join(texts)
    return [theme for theme in Theme if theme in _THEMES and _THEMES[theme].search(text)]


_FREE = re.compile(
    r"(?:det er |it is |this service is )?(?:helt |altid |completely )?"
    r"(?:free(?: of charge)?|gratis|uden betaling|no (?:charge|cost|fees?)|none|ingen(?: betaling| udgifter)?"
    r"|0(?:[.,]00?)?\s*(?:kr\.?|kroner|dkk)?|kr\.?\s*0(?:,-|,00)?)"
    r"(?: (?:to everyone|for everyone|to all|for all|for alle|at deltage|for deltagere))?",
    re.IGNORECASE,
)
DEAREST = 10_000_000  # øre; more is no price of one time
_NUMBER = r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{2})|,-)?"
_KRONER = re.compile(rf"\bkr\.?\s*{_NUMBER}|\b{_NUMBER}\s*(?:kr\b|kroner|dkk)", re.IGNORECASE)
_DEPENDS = re.compile(
    r"\bfra\b|op til|mellem|afhæng|indkomst|rabat|medlem|depositum|eller|pr\.? måned|om måneden|årlig"
    r"|pr\.? år|sæson"
    r"|\bfrom\b|up to|sliding|depend|income|deposit|donation|year|month|\d\s*-\s*\d",
    re.IGNORECASE,
)


def price_in(text: str) -> int | None:
    """The price of one time in øre, 0 = free; None where the text leaves a doubt, for then we ask.

    >>> price_in("Free to everyone"), price_in("Gratis."), price_in("50 kr."), price_in("1.250,50 kr")
    (0, 0, 5000, 125050)
    >>> price_in("Sliding scale based on income"), price_in("Free to eligible persons/entities")
    (None, None)
    >>> price_in("50 kr. for medlemmer, 80 kr. for andre")
    """
    bare = " ".join(text.split()).strip(" .!")
    if _FREE.fullmatch(bare):
        return 0
    amounts = {_ore(one[1] or one[3], one[2] or one[4]) for one in _KRONER.finditer(bare)}
    is_sure = len(amounts) == 1 and max(amounts) <= DEAREST and not _DEPENDS.search(bare)
    return amounts.pop() if is_sure else None


def _ore(kroner: str, ore: str | None) -> int:
    return int(kroner.replace(".", "")) * 100 + int(ore or 0)


def amount_in(text: str) -> Decimal | None:
    """A number of money as files write it, with comma or point.

    >>> amount_in("35"), amount_in("35,50"), amount_in("1.250,50"), amount_in("1,250.50"), amount_in("free")
    (Decimal('35'), Decimal('35.50'), Decimal('1250.50'), Decimal('1250.50'), None)
    """
    bare = re.sub(r"[\s\u00a0]", "", text)
    if re.fullmatch(r"-?\d{1,3}(?:\.\d{3})*,\d+|-?\d+,\d+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", bare):
        bare = bare.replace(",", "")
    return Decimal(bare) if re.fullmatch(r"-?\d{1,12}(?:\.\d{1,9})?", bare) else None


def web_address_in(text: str) -> str | None:
    """A web address that can be clicked, or None: no javascript:, no words.

    >>> web_address_in("www.ahml.info"), web_address_in("javascript:alert(1)")
    ('http://www.ahml.info', None)
    """
    address = text if "://" in text else f"http://{text}"
    return address if re.fullmatch(r"https?://[^\s<>\"']+\.[^\s<>\"']+", address, re.IGNORECASE) else None


def email_in(text: str) -> str | None:
    """An address that can be written to, or None."""
    is_one = re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+", text) and len(text) <= 254
    return text if is_one else None


STATUS = {
    "active": OfferStatus.ACTIVE,
    "open": OfferStatus.ACTIVE,
    "yes": OfferStatus.ACTIVE,
    "aktiv": OfferStatus.ACTIVE,
    "åben": OfferStatus.ACTIVE,
    "inactive": OfferStatus.PAUSED,
    "inaktiv": OfferStatus.PAUSED,
    "pause": OfferStatus.PAUSED,
    "temporarily closed": OfferStatus.PAUSED,
    "midlertidigt lukket": OfferStatus.PAUSED,
    "defunct": OfferStatus.CLOSED,
    "closed": OfferStatus.CLOSED,
    "no": OfferStatus.CLOSED,
    "nedlagt": OfferStatus.CLOSED,
    "lukket": OfferStatus.CLOSED,
}


def status_in(text: str) -> OfferStatus | None:
    """HSDS service.status in our words.

    >>> status_in("temporarily closed"), status_in("who knows")
    (<OfferStatus.PAUSED: 'paused'>, None)
    """
    return STATUS.get(" ".join(text.lower().split()))


_STEP_FREE = re.compile(
    r"wheelchair|ramp\b|elevator|step.?free|level access|kørestol|niveaufri|trinfri|elevator|rampe\b",
    re.IGNORECASE,
)
_STEPS = re.compile(
    r"(?:not|no|ikke|ingen|without|uden)\b[^.]{0,30}?(?:wheelchair|ramp|elevator|lift|step.?free|kørestol|niveaufri)"
    r"|\bstairs only|kun (?:ad |via )?trappe|adgang (?:kun )?ad trappe",
    re.IGNORECASE,
)


def is_step_free_in(text: str) -> bool | None:
    """Whether one gets in without steps; None when the text does not say.

    >>> is_step_free_in("ramp, restroom, wheelchair"), is_step_free_in("Ikke egnet til kørestol")
    (True, False)
    >>> is_step_free_in("Teleslynge")
    """
    if _STEPS.search(text):
        return False
    return True if _STEP_FREE.search(text) else None


_HIDING = re.compile(
    r"krisecent(?:er|re)|kvindehjem|mandehjem|hemmelig adresse|secret address|safe ?house"
    r"|(?:domestic violence|battered women'?s?|women'?s) (?:shelter|refuge)"
    r"|(?:shelter|refuge) for (?:battered |abused )?(?:women|victims|survivors)",
    re.IGNORECASE,
)


def is_in_hiding(name: str) -> bool:
    """Whether a name says that people are in hiding there; a homeless shelter is to be found, and is not one.

    >>> is_in_hiding("Kvindekrisecenter Nord"), is_in_hiding("Herberget"), is_in_hiding("Violence law")
    (True, False, False)
    """
    return _HIDING.search(name) is not None


_LANGUAGES = {language.name.lower(): language.value for language in Language} | {
    language.label: language.value for language in Language
}
_TOLD = (
    "arabic=ar mandarin=zh cantonese=zh kinesisk=zh farsi=fa dari=fa tagalog=tl filipino=tl italian=it "
    "italiensk=it portuguese=pt portugisisk=pt hindi=hi bengali=bn japanese=ja japansk=ja korean=ko "
    "koreansk=ko greek=el græsk=el hungarian=hu ungarsk=hu swedish=sv svensk=sv norwegian=no norsk=no "
    "finnish=fi finsk=fi icelandic=is islandsk=is faroese=fo færøsk=fo lithuanian=lt litauisk=lt "
    "latvian=lv lettisk=lv croatian=hr kroatisk=hr slovak=sk slovakisk=sk czech=cs tjekkisk=cs dutch=nl "
    "hollandsk=nl nepali=ne nepalesisk=ne armenian=hy armensk=hy burmese=my burmesisk=my creole=ht "
    "hebrew=he hebraisk=he persian=fa persisk=fa somali=so tigrinya=ti bosnian=bs yiddish=yi eng=en "
    "dan=da spa=es ara=ar pol=pl urd=ur som=so tur=tr deu=de ger=de fra=fr fre=fr zho=zh chi=zh rus=ru "
    "ukr=uk "
)
_MORE_LANGUAGES = dict(pair.split("=") for pair in _TOLD.split())
LANGUAGE_NAMES = _LANGUAGES | _MORE_LANGUAGES


def language_code(text: str) -> str | None:
    """The ISO 639-1 code of one language, given by code or by name.

    >>> language_code("ur"), language_code("Chinese (Mandarin)"), language_code("arabisk")
    ('ur', 'zh', 'ar')
    >>> language_code("Klingon")
    """
    bare = " ".join(text.lower().split())
    if found := LANGUAGE_NAMES.get(bare) or LANGUAGE_NAMES.get(bare.split("(")[0].strip()):
        return found
    short = bare.replace("_", "-").split("-")[0]
    return (
        short
        if re.fullmatch(r"[a-z]{2}", short) and re.fullmatch(r"[a-z]{2}([-_][a-z0-9]{2,8})*", bare)
        else None
    )


def languages_in(text: str) -> tuple[list[str], list[str]]:
    """The codes in a list of languages, and the words that name none we know.

    >>> languages_in("Spanish, Tagalog, Klingon")
    (['es', 'tl'], ['Klingon'])
    """
    names = [name.strip() for name in re.split(r"[,;/\n]|\band\b|\bog\b", text) if name.strip()]
    found = [(name, language_code(name)) for name in names]
    return (
        list(dict.fromkeys(code for _, code in found if code)),
        [name for name, code in found if not code],
    )


def only_for_in(name: str) -> OnlyFor:
    """Only where the name itself says so.

    >>> only_for_in("Svømning for kvinder"), only_for_in("Fodbold for alle")
    (<OnlyFor.WOMEN: 'women'>, <OnlyFor.EVERYONE: ''>)
    """
    if re.search(
        r"\b(?:kun|for) (?:kvinder|mødre|piger)\b(?! og)|\b(?:women only|for women)\b(?! and)", name, re.I
    ):
        return OnlyFor.WOMEN
    if re.search(
        r"\b(?:kun|for) (?:mænd|fædre|drenge)\b(?! og)|\b(?:men only|for men)\b(?! and)", name, re.I
    ):
        return OnlyFor.MEN
    return OnlyFor.EVERYONE


_KINDS = {
    OrganisationKind.LIBRARY: r"bibliotek|librar(?:y|ies)\b",
    OrganisationKind.SCHOOL: r"skolen?\b|school\b",
    OrganisationKind.LEGAL_AID: r"retshjælp|advokatvagt|legal (?:aid|services|clinic)|law (?:center|clinic)",
    OrganisationKind.DROP_IN_CENTRE: r"værested|varmestue|drop.?in cent",
    OrganisationKind.MUNICIPALITY: r"\w+ kommune\b",
    OrganisationKind.REGION: r"^region ",
}


def organisation_kind(name: str) -> OrganisationKind:
    """What kind of body an organisation is, where its name says so.

    >>> organisation_kind("Breese Public Library"), organisation_kind("Københavns Kommune")
    (<OrganisationKind.LIBRARY: 'library'>, <OrganisationKind.MUNICIPALITY: 'municipality'>)
    >>> organisation_kind("Upsolve")
    <OrganisationKind.OTHER: 'other'>
    """
    found = (kind for kind, stems in _KINDS.items() if re.search(stems, name, re.IGNORECASE))
    return next(found, OrganisationKind.OTHER)
