"""What every template of the house may say: signs, keys, spoken dates, dressed fields."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import uuid4

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField, Widget, widgets
from django.template import Context
from django.template.defaulttags import querystring
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from brobygger.foundation import spoken as words
from brobygger.foundation.icons import ICONS, TURNS
from brobygger.foundation.kept import said_anew
from brobygger.foundation.official import OFFICIAL, OfficialWord
from brobygger.foundation.signature import as_path

register = template.Library()

# Django's own tag under the word the house uses: {% query page=2 %} changes one parameter, None takes it out.
register.simple_tag(querystring, takes_context=True, name="query")

BARE = (widgets.CheckboxInput, widgets.RadioSelect, widgets.CheckboxSelectMultiple, widgets.FileInput)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a sign from `foundation/icons.py`. Always beside a word. An unknown name is refused."""
    if name not in ICONS:
        raise LookupError(f"there is no sign named {name!r}; draw it in foundation/icons.py")
    turn = " icon--turn" if name in TURNS else ""
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', turn, ICONS[name]
    )


@register.simple_tag
def once() -> SafeString:
    """The key that makes a repeated press count once. New for each drawing, also after a refusal."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4())


@register.simple_tag
def neutral_place() -> str:
    """Where "Forlad siden" leads. A tag, so that a page drawn without a request has it too."""
    return str(settings.NEUTRAL_PLACE)


@register.inclusion_tag("parts/means.html")
def explained(*words: str) -> dict[str, list[OfficialWord]]:
    """What official words mean, drawn under the paragraph that says them. An unknown word is refused."""
    return {"words": [OFFICIAL[word] for word in words]}


register.filter("said_anew", said_anew)


@register.filter
def spoken(at: datetime | None) -> str:
    """{{ moment|spoken }}: "i morgen kl. 16.30"; nothing for nothing."""
    return words.spoken(timezone.localtime(at), now=timezone.localtime()) if at else ""


@register.filter
def spoken_day(day: date | None) -> str:
    """{{ day|spoken_day }}: "torsdag den 26. november"; a moment is taken by its local day."""
    return words.spoken_day(_local(day), today=timezone.localdate()) if day else ""


@register.filter
def spoken_short(day: date | None) -> str:
    """{{ day|spoken_short }}: "26. nov.", for the five steps of a span."""
    return words.spoken_short(_local(day), today=timezone.localdate()) if day else ""


@register.filter
def overdue(day: date | None) -> str:
    """{{ due_on|overdue }}: "2 dage over", or nothing while there is time."""
    return words.overdue(_local(day), today=timezone.localdate()) if day else ""


@register.filter
def quoted(text: str) -> str:
    """A person's own words in the quotation marks of the reader's language; nothing for nothing."""
    return _("»%(words)s«") % {"words": text} if text else ""


@register.filter
def listed(words: Iterable[str]) -> str:
    """{{ words|listed }}: "fornavn, sprog", with the comma of the reader's language."""
    return _(", ").join(words)


@register.filter
def reached(at: int, step: int) -> str:
    """Where a step of a span stands when the bridge is `at`: done, now or todo."""
    if int(at) == step:
        return "now"
    return "done" if int(at) > step else "todo"


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The field's widget in our clothes. Django itself ties hint and error to it."""
    if isinstance(field.field.widget, BARE):
        return field.as_widget()
    return field.as_widget(attrs={"class": "input"})


@register.filter
def shape(field: BoundField) -> str:
    """Which shape parts/field.html draws: hidden, tick (one box), picks (a choice of few) or line."""
    widget: Widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, widgets.CheckboxInput):
        return "tick"
    return "picks" if isinstance(widget, widgets.RadioSelect) else "line"


@register.filter
def drawn_path(strokes: list[list[int]] | None) -> str:
    """A stored signature as the path of a drawing 1000 wide; see `foundation/signature.py`."""
    return as_path(strokes or [])


@register.filter
def page_numbers(page: Page[object]) -> list[int | str]:
    """The numbers beside a page, with … for those left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag(takes_context=True)
def here(context: Context) -> str:
    """The address of this page, so that a change of language leads back to it."""
    request = getattr(context, "request", None) or context.get("request")
    return request.get_full_path() if request else "/"


def _local(day: date) -> date:
    if isinstance(day, datetime):
        return timezone.localtime(day).date()
    return day
