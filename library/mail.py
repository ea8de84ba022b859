"""How mail leaves: after the transaction in which it was written, so that no mail tells what was rolled back and none holds it open."""

import logging
from collections.abc import Sequence
from functools import partial
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction

logger = logging.getLogger(__name__)


class MailAfterCommit(EmailBackend):
    """Django's way to a mail server. Inside a transaction a mail waits for the commit; then a failure can only be logged.

    Who must know whether it went sends from ``transaction.on_commit``.
    """

    def open(self) -> bool | None:
        """Connect, but not while a transaction waits."""
        return False if transaction.get_connection().in_atomic_block else super().open()

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """How many went, or will go."""
        if not transaction.get_connection().in_atomic_block:
            return super().send_messages(email_messages)
        transaction.on_commit(partial(self._send, list(email_messages)))
        return len(email_messages)

    def _send(self, messages: list[EmailMessage]) -> None:
        try:
            super().send_messages(messages)
        except (OSError, SMTPException):
            logger.exception("Mail was not sent: %s", ", ".join(str(message.subject) for message in messages))
