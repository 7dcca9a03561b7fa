"""How the roof joins the house."""

from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import NavigationItem
from brobygger.foundation.sockets import Carrier, carriers, daily_jobs, navigation
from brobygger.site import head_mail

navigation.plug(
    "today", NavigationItem(order=10, label=_("I dag"), url_name="today", icon="sun", path="/i-dag/")
)
daily_jobs.plug("heads", head_mail.keep)
carriers.plug(head_mail.KIND, Carrier(job="site.send_head"))
