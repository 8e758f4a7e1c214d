"""Mails about acts, sent once the act is stored, with the addresses of the pages they speak of."""

import logging
from collections.abc import Iterable, Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def page_link(path: str) -> str:
    """The whole address of a page; empty where the site was not told its own (`BACKOFFICE_URL`)."""
    return f"{settings.SITE_ADDRESS}{path}" if settings.SITE_ADDRESS else ""


def tell(addresses: Iterable[str], subject: str, words: Sequence[str]) -> None:
    """Mail some paragraphs to each address apart; a mail that does not leave stops nothing."""
    body = "\n\n".join([_("Bonjour,"), *filter(None, words)])
    mails = [EmailMessage(subject, body, to=[one]) for one in dict.fromkeys(addresses) if one]
    transaction.on_commit(lambda: _send(mails))


def _send(mails: list[EmailMessage]) -> None:
    try:
        get_connection().send_messages(mails)
    except (SMTPException, OSError) as error:
        log.warning("the mail about an account did not leave: %s", type(error).__name__)
