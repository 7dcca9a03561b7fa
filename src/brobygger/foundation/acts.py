"""Every verb of the trail, in one place, with the words people read (PRI-06).

A room that writes a new verb adds its line here; a test compares this list with what the code writes, and
`docs/reference/audit.md` with `as_markdown()`.
"""

from brobygger.engine.words import gettext_noop as _

ACTS = {
    "ask:completed": _("skrev ned, hvad beboeren svarede på en partners forespørgsel"),
    "ask:declined": _("sagde nej til en partners forespørgsel"),
    "ask:given_up": _("stoppede en forespørgsel, der ikke lykkedes"),
    "ask:rang": _("en forespørgsels frist gik"),
    "ask:received": _("bad os tage kontakt gennem et link"),
    "ask:seen": _("så en partners forespørgsel"),
    "ask:stopped": _("en forespørgsel faldt bort"),
    "ask:taken_on": _("sagde ja til at tage kontakt"),
    "ask:talked": _("skrev ned, at vi har talt sammen"),
    "ask:tried": _("forsøgte at få kontakt"),
    "ask_link:ordered": _("gav en partner et spørgelink"),
    "ask_link:revoked": _("lukkede et spørgelink"),
    "bridge:asked": _("spurgte, om det hjalp, uden at få svar"),
    "bridge:built": _("begyndte en bro"),
    "bridge:closed": _("afsluttede en bro"),
    "bridge:refused": _("ville bygge på en andens bro og fik nej"),
    "bridge:reopened": _("åbnede en bro igen, fordi beboeren sagde nej"),
    "bridge:settled": _("tog stilling til to svar, der ikke passer"),
    "bridge:shown_to_resident": _("viste en bro på beboerens egen side"),
    "bridge:verdict": _("skrev beboerens svar ned"),
    "clock:rang": _("en frist gik"),
    "company:agreed": _("sagde ja til at gå med"),
    "company:asked": _("spurgte, om nogen skal gå med"),
    "company:cancelled": _("aflyste et følgeskab"),
    "company:offered": _("bad en om at gå med"),
    "consent:given": _("skrev et samtykke ned"),
    "consent:withdrawn": _("trak et samtykke tilbage"),
    "consent:word_taken": _("skrev ned, at nogen vil trække et samtykke tilbage"),
    "contact:verified": _("bekræftede en vej ind"),
    "leg:access_ended": _("lukkede for det, der var fortalt"),
    "leg:accepted": _("sagde ja til en bro"),
    "leg:acknowledged": _("bekræftede, at en bro er modtaget"),
    "leg:checked_in": _("sagde, at det stadig er i gang"),
    "leg:completed": _("afsluttede sin del af en bro"),
    "leg:declined": _("sagde nej til en bro"),
    "leg:entered_in_error": _("skrev en bro som en fejl"),
    "leg:failed": _("skrev, at det ikke lykkedes"),
    "leg:meeting_contested": _("skrev, at de ikke har mødt hinanden"),
    "leg:meeting_missed": _("skrev, at et møde ikke blev til noget"),
    "leg:meeting_planned": _("aftalte et første møde"),
    "leg:met": _("skrev, at de har mødt hinanden"),
    "leg:place_given": _("gav en plads fra ventelisten"),
    "leg:prepared": _("valgte, hvad der må fortælles"),
    "leg:sent": _("sendte en bro"),
    "leg:shown": _("åbnede en bro gennem et link"),
    "leg:thinking": _("skrev, at beboeren tænker over det"),
    "leg:tried_contact": _("forsøgte at få fat i beboeren"),
    "leg:way_in_chosen": _("valgte, hvem der spørges"),
    "leg:withdrawn": _("trak en bro tilbage"),
    "listing_link:ordered": _("lod en partner rette sine egne tilbud"),
    "listing_link:revoked": _("lukkede et kataloglink"),
    "member:began": _("begyndte i huset"),
    "member:deactivated": _("holdt op i huset"),
    "member:factor_renewed": _("gav et link til et nyt andet bevis"),
    "member:invited": _("inviterede en kollega"),
    "member:join_renewed": _("gav et nyt link til at begynde"),
    "member:link_used": _("brugte sit engangslink"),
    "member:password_renewed": _("gav et link til en ny adgangskode"),
    "member:signed_in": _("loggede ind"),
    "need:closed": _("lukkede et behov"),
    "need:news_seen": _("så, hvad der er nyt for et behov"),
    "need:next_step": _("flyttede et næste skridt"),
    "need:reopened": _("åbnede et behov igen"),
    "need:stated": _("skrev et behov ned"),
    "note:corrected": _("rettede et notat"),
    "note:written": _("skrev et notat"),
    "numbers:exported": _("hentede husets tal som en fil"),
    "offer:changed": _("rettede et tilbud"),
    "offer:confirmed": _("bekræftede, at et tilbud stadig passer"),
    "offer:created": _("skrev et nyt tilbud ind"),
    "offer:kept_apart": _("sagde, at to tilbud er hver sit"),
    "offer:merged": _("sagde, at to tilbud er det samme"),
    "offer:place_hidden": _("tog et steds adresse ud af kataloget for altid"),
    "offer:put_back": _("satte et tilbud ind igen"),
    "offer:rolled_back": _("gik tilbage til det, et tilbud sagde før"),
    "offer:split": _("skilte to tilbud igen, eller spurgte igen"),
    "offer:withdrawn": _("tog et tilbud ud af kataloget"),
    "offers:exported": _("gav kataloget ud"),
    "offers:file_dropped": _("lagde en fil med tilbud væk"),
    "offers:file_received": _("lagde en fil med tilbud ind"),
    "offers:import_undone": _("fortrød en import"),
    "offers:imported": _("hentede et katalog ind"),
    "page:refused": _("ville se en side og fik nej"),
    "resident:changed": _("rettede en beboer"),
    "resident:conflict": _("ville gemme, men en anden var hurtigere"),
    "resident:given": _("lod en medarbejder følge en beboer"),
    "resident:invited": _("gav en beboer sin egen side"),
    "resident:registered": _("skrev en beboer ind"),
    "resident:seen": _("så en beboer"),
    "resident_form:seen": _("åbnede en formular om en beboer"),
    "resident_name:seen": _("så en beboers navn på en liste"),
    "sample:built": _("byggede øvekvarteret"),
    "steward_task:done": _("fik afklaret noget i kataloget"),
    "steward_task:made": _("noget i kataloget skal afklares"),
}

INTRODUCTION = """# The verbs of the trail

Printed from `brobygger.foundation.acts`; a test compares the list with what the code writes. Each is one line
with who, what it was about, when, and a few facts; never a word of what was written. Every line is a link of
its house's chain (`brobygger audit verify`).

{count} verbs.

| verb | in Danish |
|---|---|
"""


def as_markdown() -> str:
    """The page `docs/reference/audit.md`."""
    rows = "".join(f"| {act} | {said} |\n" for act, said in sorted(ACTS.items()))
    return INTRODUCTION.format(count=len(ACTS)) + rows
