import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "brobygger.site.settings")
# A page whose question takes longer than this fails; imports and the worker have all the time they need.
os.environ.setdefault("BROBYGGER_PATIENCE", "10")
application = get_wsgi_application()

from brobygger.site import warming  # noqa: E402 - needs the application to be ready

warming.begin()
