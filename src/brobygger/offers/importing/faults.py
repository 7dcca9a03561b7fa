"""Everything an import can have to say, in one place: what is the matter, and what to do about it. Pure.

The texts are Danish and marked; pages and the command line translate them when they are read.
"""

from typing import NamedTuple

from brobygger.engine.words import gettext_noop as _


class Fault(NamedTuple):
    what: str
    what_to_do: str


NOTHING_TO_DO = ""

# The whole directory is refused.
NOTHING_FOUND = Fault(
    _("Her er intet, der ligner et katalog. Fundet: %(found)s."),
    _(
        "Peg på en mappe eller zip-fil med datapackage.json, CSV-filer med HSDS-navne (organizations.csv, "
        "services.csv …), CSV- eller Excel-filer og en mapping.yaml, eller på HSDS-JSON."
    ),
)
NO_SUCH_FILE = Fault(
    _("Filen %(file)s findes ikke. Fundet: %(found)s."), _("Læg filen i mappen, eller ret navnet.")
)
UNREADABLE = Fault(_("Filen kan ikke læses (%(error)s)."), _("Se efter, om du må læse den."))
TOO_BIG = Fault(_("Kataloget fylder mere end %(limit)s MB pakket ud."), _("Del det i mindre kataloger."))
TOO_MANY_FILES = Fault(_("Der er mere end %(limit)s filer."), _("Del det i mindre kataloger."))
TOO_PACKED = Fault(
    _("Filen er pakket mere end %(limit)s gange sammen; sådan ser en zip-bombe ud."),
    _("Bed afsenderen om filerne upakket."),
)
BROKEN_ZIP = Fault(
    _("Zip-filen er i stykker eller bruger noget, vi ikke læser (%(error)s)."),
    _("Hent eller pak den igen som almindelig zip uden adgangskode."),
)
OUTSIDE = Fault(_("Navnet peger ud af kataloget."), _("Brug navne på filer, der ligger i selve kataloget."))
A_LINK = Fault(
    _("Det er et link eller noget andet end en almindelig fil."), _("Læg selve filen i kataloget.")
)
AN_ADDRESS = Fault(
    _("Her står en internetadresse. Adresser hentes aldrig under en import."),
    _("Hent filen først, og skriv dens navn."),
)
TOO_MUCH_MEMORY = Fault(
    _("Filen fylder mere end %(limit)s MB, når den er læst."), _("Del det i mindre kataloger.")
)
TOO_SLOW = Fault(_("Filen er ikke læst efter %(limit)s sekunder."), _("Del det i mindre kataloger."))
READER_DIED = Fault(
    _("Læsningen gik i stå (%(code)s). Intet er gemt."), _("Prøv igen, eller meld det med filen.")
)
BROKEN_WORKBOOK = Fault(
    _("Regnearket kan ikke læses (%(error)s)."), _('Gem det igen som Excel (.xlsx), eller som "CSV UTF-8".')
)
HOSTILE_XML = Fault(
    _("Filen vil hente noget udefra eller folde sig ud (%(error)s); det gør et almindeligt regneark ikke."),
    _("Bed afsenderen om en ny fil."),
)
BINARY = Fault(_("Filen er ikke tekst: nul-tegn i byte %(byte)s."), _("Gem den som CSV eller JSON i UTF-8."))
UTF_16 = Fault(_("Filen er i UTF-16 (byte %(byte)s)."), _('Gem den som CSV i UTF-8; i Excel: "CSV UTF-8".'))
WRONG_ENCODING = Fault(
    _("Tegnene kan ikke læses: byte %(byte)s er ikke UTF-8, og filen ligner heller ikke Windows-1252."),
    _("Gem filen igen som UTF-8."),
)
NO_HEADING = Fault(_("Filen er tom: der er ingen overskrifter."), _("Første række skal være overskrifterne."))
TOO_MANY_COLUMNS = Fault(
    _("Filen har %(count)s kolonner; vi læser højst %(limit)s."),
    _("Se efter, om skilletegnet er det rigtige."),
)
TOO_LONG_FIELD = Fault(
    _("Et felt er længere end %(limit)s tegn (linje %(line)s)."),
    _("Se efter, om et anførselstegn mangler at blive lukket."),
)
BROKEN_CSV = Fault(
    _("CSV-filen er i stykker ved linje %(line)s: %(error)s."), _("Ret anførselstegnene dér, og prøv igen.")
)
SAME_HEADING = Fault(_("Kolonnen %(column)s står der to gange."), _("Giv kolonnerne hver sit navn."))
MISSING_COLUMNS = Fault(
    _("Der mangler kolonner: %(missing)s. Fundet: %(found)s."),
    _("Ret overskrifterne, eller giv en mapping.yaml, der siger, hvad kolonnerne betyder."),
)
BROKEN_JSON = Fault(
    _("JSON-filen er i stykker ved linje %(line)s, kolonne %(column)s: %(error)s."), _("Ret filen dér.")
)
TOO_DEEP = Fault(
    _("JSON-filen er pakket mere end %(limit)s lag dybt."), _("HSDS er højst omkring ti lag dybt.")
)
NOT_HSDS = Fault(
    _("Her er ikke noget HSDS-objekt: %(found)s."),
    _("Vi læser organisationer, tilbud og steder som HSDS 3.x: et objekt, en liste eller en side."),
)
BROKEN_MAPPING = Fault(
    _("Filen, der siger hvad kolonnerne betyder, kan ikke læses: %(error)s."), _("Ret den, og prøv igen.")
)
UNKNOWN_IN_MAPPING = Fault(_("Ukendt navn i mapping: %(names)s."), _("Vi kender: %(known)s."))
BROKEN_PACKAGE = Fault(
    _("datapackage.json kan ikke bruges: %(error)s."), _("Der skal stå resources med name og path.")
)
DATABASE_REFUSED = Fault(
    _("Databasen tog ikke imod kataloget: %(error)s."), _("Intet er gemt. Meld det, med rapporten.")
)

# One row is not saved.
NO_ID = Fault(_("Rækken har intet id."), _("Giv rækken et id, så den kan kendes igen."))
TOO_LONG_ID = Fault(_("Id'et er længere end %(limit)s tegn."), _("Brug kortere id'er."))
NO_NAME = Fault(_("Rækken har intet navn."), _("Skriv navnet i kilden."))
EMPTY_ROW = Fault(_("Rækken er tom."), _("Slet den i kilden."))
TOO_MANY_CELLS = Fault(
    _("Rækken har %(cells)s felter, men der er %(columns)s overskrifter."),
    _("Se efter, om et komma eller anførselstegn er skredet."),
)
SAME_ID = Fault(
    _("Id'et står der allerede, på %(first)s."), _("Giv hver række sit eget id; kun den første er gemt.")
)
TWO_TELLINGS = Fault(
    _("Samme id er vist to gange med forskelligt indhold; %(first)s gælder."), _("Ret kilden, så de er ens.")
)
NOT_AN_OBJECT = Fault(
    _("Her står ikke et objekt fra HSDS: %(found)s."), _("Ret eller slet det i kilden; resten er læst.")
)
NO_NUMBER = Fault(_("Der er intet telefonnummer."), _("Skriv nummeret i kilden, hvis der er et."))
NOT_A_NUMBER = Fault(_("Det er ikke et telefonnummer."), _("Skriv nummeret i kilden, hvis der er et."))
BELONGS_NOWHERE = Fault(
    _("Rækken hører ikke til noget, der er gemt (%(missing)s)."),
    _("Se efter, om det, den hører til, er med i kataloget."),
)
NO_ORGANISATION = Fault(_("Ingen organisation står bag."), _("Skriv organisationens id i kilden."))
HOURS_NOT_READ = Fault(
    _("Åbningstiden kan ikke læses. Den er gemt, som den står."),
    _('Skriv tiderne som "Mandag: 9.00-16.00", eller ret dem på tilbuddets side.'),
)
NOT_EVERY_WEEK = Fault(_("Tiden er ikke den samme hver uge. Den er gemt, som den står."), NOTHING_TO_DO)
HOURS_OVER = Fault(_("Tiden gjaldt kun til %(until)s."), _("Bed organisationen om de nye tider."))
PRICE_OVER = Fault(_("Prisen gjaldt kun til %(until)s."), _("Bed organisationen om den nye pris."))
NO_ROOM_FOR_TABLE = Fault(
    _("%(count)s rækker: Brobygger har ingen plads til tabellen %(table)s."), NOTHING_TO_DO
)
CONTACT_NAME = Fault(
    _("Navnet er ikke hentet: kilden siger ikke, på hvilke vilkår den har offentliggjort det."),
    _("Skriv kontakten på partnerens side, når I har talt med personen."),
)
PROTECTED_ADDRESS = Fault(
    _("Stedet er beskyttet. Adressen er ikke gemt."),
    _("Er stedet ikke beskyttet, så ret det på stedets side, og skriv adressen."),
)
NOTHING_UNDERSTOOD = Fault(_("Rækken siger ikke noget, vi kan bruge."), NOTHING_TO_DO)
CAPACITY_ODD = Fault(
    _("Der er flere ledige (%(available)s) end pladser i alt (%(maximum)s)."), _("Spørg, hvor mange der er.")
)

# An undoing leaves a record as it is.
EDITED_SINCE = Fault(
    _("Det er rettet, siden det blev hentet ind, og er ikke trukket tilbage."),
    _("Se på det, og træk det selv tilbage, hvis det ikke skal stå der."),
)
CHANGED_SINCE = Fault(
    _("Felterne er rettet siden og står, som de er. Resten står igen, som det stod før."),
    _("Ret dem selv, hvis de skal være anderledes."),
)

# A remark on a row that is saved.
FIELD_NOT_READ = Fault(_("Feltet forstås ikke og er ikke gemt."), _("Ret det i kilden."))
FIELD_CUT = Fault(_("Teksten er længere end %(limit)s tegn og er klippet."), _("Skriv den kortere i kilden."))
AS_WINDOWS = Fault(
    _("Filen er ikke UTF-8; den er læst som Windows-1252."), _("Se efter, om æ, ø og å er rigtige.")
)
COLUMN_NOT_USED = Fault(
    _("Kolonnen er ikke hentet (%(count)s udfyldte felter)."),
    _("Skriv i mapping.yaml, hvad den betyder, hvis den skal med."),
)
MAPPED_COLUMN_MISSING = Fault(_("Kolonnen fra mapping er ikke i filen."), NOTHING_TO_DO)
FILE_NOT_USED = Fault(_("Filen er ikke brugt."), NOTHING_TO_DO)
ONLY_A_PAGE = Fault(
    _("Det er side %(page)s af %(pages)s. Intet, der mangler her, trækkes tilbage."),
    _("Hent alle sider i samme mappe."),
)
STAND_IN = Fault(
    _(
        "Organisationen %(id)s er ikke med i kataloget. "
        "Rækken er gemt under en organisation, vi kun kender ved nummer."
    ),
    _("Hent et katalog, hvor organisationen er med; så får den sit navn."),
)
DROPPED_TIE = Fault(
    _("Henvisningen findes ikke i kataloget: %(missing)s. Resten af rækken er gemt."), _("Ret henvisningen.")
)
NOT_A_PLACE_IN_DENMARK = Fault(
    _('Punktet ligger ikke i Danmark og er ikke gemt. Afstanden bliver "spørg".'), NOTHING_TO_DO
)
COORDINATES_SWAPPED = Fault(
    _("Bredde og længde ser ud til at være byttet om. Punktet er ikke gemt."), _("Byt dem om i kilden.")
)
NOT_COORDINATES = Fault(_("Det er ikke et punkt på jorden."), _("Ret koordinaterne i kilden."))
NOT_AN_AGE = Fault(_("Det er ikke en alder; den er ikke gemt."), _("Skriv et helt tal af år."))
AGES_SWAPPED = Fault(_("Højeste alder er under laveste; ingen af dem er gemt."), _("Ret dem i kilden."))
NOT_A_STATUS = Fault(
    _("Status forstås ikke; tilbuddet vises som åbent."),
    _("Brug active, inactive, defunct eller temporarily closed."),
)
NOT_AN_ADDRESS = Fault(
    _("Det er ikke en hjemmeside eller e-mail, vi kan bruge; den er ikke gemt."), _("Ret den i kilden.")
)
CUT = Fault(
    _("Teksten er længere end %(limit)s tegn og er klippet; hele teksten står i beskrivelsen."), NOTHING_TO_DO
)
CLOSES_BEFORE_IT_OPENS = Fault(
    _("Der lukkes (%(closes)s), før der åbnes (%(opens)s). Gemt, som der står."),
    _("Er det en nat eller en slåfejl? Ret tiden i kilden."),
)
HOURS_OVERLAP = Fault(_("To åbningstider samme dag overlapper. Begge er gemt."), _("Ret tiden i kilden."))
LANGUAGE_NOT_KNOWN = Fault(_("Sproget kendes ikke."), _('Brug sprogets navn eller en kode som "ar".'))
OTHER_MONEY = Fault(
    _('Prisen er ikke i kroner; den står som tekst, og prisen bliver "spørg".'), NOTHING_TO_DO
)
SEVERAL_PRICES = Fault(_('Der er flere priser; de står som tekst, og prisen bliver "spørg".'), NOTHING_TO_DO)
CAPACITY_KEPT = Fault(_("Tallet for pladser er ældre end vores eget og er ikke overtaget."), NOTHING_TO_DO)
