"""A site in one language, without Django's translations."""

from tests.settings import *  # noqa: F403
from tests.settings import MIDDLEWARE

USE_I18N = False
MIDDLEWARE = [each for each in MIDDLEWARE if not each.endswith(".LocaleMiddleware")]
