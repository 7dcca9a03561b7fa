"""The second house, where Ole works. It shares the directory and nothing else."""

from datetime import timedelta

from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Neighbourhood
from brobygger.offers.terms import Theme
from brobygger.partners.models import Organisation
from brobygger.partners.terms import OrganisationKind
from brobygger.residents.models import Need, Note, Relation, Resident
from brobygger.residents.terms import NoteChannel
from brobygger.site.sample.frame import ELSEWHERE, Frame, key
from brobygger.site.sample.people import ELSEWHERE_NAME, OLE, team_elsewhere

NUMBER = "+45 00 99 00 {:02}"  # no Danish number begins with a nought
RESIDENTS = (
    ("Karla H.", 1994, Theme.DANISH, "Jeg vil gerne undervise nogen. Jeg var lærer.", "Ring til sprogcaféen"),
    ("Osman D.", 1961, Theme.WORK, "Jeg vil køre noget igen. Helst noget stort.", "Find kørekortet"),
    ("Vera T.", 1938, Theme.DIGITAL, "Apparatet taler til mig, og jeg svarer pænt.", "Øv koden sammen"),
    ("Jabir S.", 2008, Theme.LEISURE, "Jeg vil ro. Man kan se roerne fra køkkenet.", "Gå ned til roklubben"),
    ("Lilly A.", 1979, Theme.DEBT, "Jeg vil se det hele på ét stykke papir.", "Læg tallene sammen"),
    ("Henning V.", 1950, Theme.COMPANY, "Jeg kan havnens navne. Hvem vil høre dem?", "Drik kaffe på kajen"),
)  # fmt: skip


def build(frame: Frame) -> None:
    """The house, Ole, and a few residents of his. Opens its own scope."""
    with organisation_scope(ELSEWHERE):
        Organisation.objects.create(
            id=ELSEWHERE,
            name=ELSEWHERE_NAME,
            kind=OrganisationKind.HOUSE,
            description="Et andet hus, ved vandet. Her må man intet vide om det første.",
            is_fictional=True,
        )
        ole = team_elsewhere()[OLE]
        quay = Neighbourhood.objects.create(
            id=key("near", "kajen"), name="Kajen", postal_code="2450", easting=723_900, northing=6_172_300
        )
        for n, (name, born, theme, words, step) in enumerate(RESIDENTS):
            made_at = frame.past(30 + n, "13.10")
            resident = Resident.objects.create(
                id=key("elsewhere", name),
                name=name,
                reach_at=NUMBER.format(n + 10),
                birth_year=born,
                home=quay,
                is_fictional=True,
                made_at=made_at,
                last_contact_on=frame.past(n + 1, "10.00").date(),
            )
            Relation.objects.create(
                id=key("elsewhere", name, "relation"), worker=ole, resident=resident, since=made_at.date()
            )
            need = Need.objects.create(
                id=key("elsewhere", name, "need"),
                resident=resident,
                words=words,
                theme=theme,
                owner=ole,
                next_step=step,
                next_step_on=frame.today + timedelta(days=n),
                opened_at=made_at,
            )
            Note.objects.create(
                id=key("elsewhere", name, "note"),
                resident=resident,
                need=need,
                by=ole,
                by_name=ole.name,
                channel=NoteChannel.HOUSE,
                text="Vi talte om, hvad der skal ske nu, og hvad der kan vente.",
                at=frame.past(n + 1, "10.00"),
            )
