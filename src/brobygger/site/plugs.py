"""How the roof joins the house."""

from brobygger.engine.words import gettext_noop as _
from brobygger.foundation import heads
from brobygger.foundation.cards import NavigationItem
from brobygger.foundation.sockets import daily_jobs, navigation

navigation.plug(
    "today", NavigationItem(order=10, label=_("I dag"), url_name="today", icon="sun", path="/i-dag/")
)
daily_jobs.plug("heads", heads.publish)
