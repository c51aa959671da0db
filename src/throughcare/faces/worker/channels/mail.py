"""E-mail by the mail server that the environment names. It tells that it took a mail, never that anyone got it."""

import smtplib
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from throughcare.knowledge.message_ways import PROVIDER_SECONDS
from throughcare.pathway.message.marking import ACCEPTED, FAILED, NOT_TAKEN, UNKNOWN, Outcome


class Mail:
    """SMTP with STARTTLS."""

    name = "mail server"

    def send(self, to: str, subject: str, words: str, *, same: str, attempt: UUID) -> Outcome:
        """Every try has the same Message-ID: mailboxes that know repeats show one."""
        ident = f"<{same}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2] or 'localhost'}>"
        mail = EmailMessage(subject, words, None, [to], headers={"Message-ID": ident})
        try:
            connection = get_connection(timeout=int(PROVIDER_SECONDS))
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            return Outcome(FAILED, self.name, trouble=type(error).__name__)
        try:
            connection.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            came_to = FAILED if codes and all(400 <= code < 500 for code in codes) else NOT_TAKEN
            return Outcome(came_to, self.name, trouble=type(refused).__name__)
        except smtplib.SMTPResponseException as error:
            came_to = FAILED if 400 <= error.smtp_code < 500 else NOT_TAKEN
            return Outcome(came_to, self.name, trouble=f"answered {error.smtp_code}")
        except (OSError, smtplib.SMTPException) as error:  # cut off in the middle: it may have the mail
            return Outcome(UNKNOWN, self.name, trouble=type(error).__name__)
        finally:
            connection.close()
        return Outcome(ACCEPTED, self.name, ident)
