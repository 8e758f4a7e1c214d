"""Turn national numbers and second factors to the first key: an old one can then be removed."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from backoffice.federation.audit import because
from backoffice.federation.audit.looks import KEYS, note_security
from backoffice.federation.identities import numbers
from backoffice.federation.models import Identity


@transaction.atomic
def turn_numbers() -> int:
    """Encrypt and hash every number again with the first key, all of them or none.

    Raises:
        KeyLost: a number opens with none of the keys.
    """
    rows = list(Identity.objects.select_for_update(of=("self",)).exclude(national_number=""))
    for row in rows:
        number = numbers.decrypt(row.national_number)
        row.national_number = numbers.encrypt(number)
        row.national_number_hash = numbers.keyed_hash(number)
    with because("nouvelle clé d'identité"):
        Identity.objects.bulk_update(rows, ["national_number", "national_number_hash"], 500)
        note_security(KEYS)
    _turn_second_factors()
    return len(rows)


def _turn_second_factors() -> None:
    """The secrets of authenticators and the seeds of recovery codes, under the first key too."""
    for row in Authenticator.objects.select_for_update(of=("self",)).order_by("pk"):
        kept = {name: row.data[name] for name in ("secret", "seed") if name in row.data}
        row.data.update({name: numbers.turned(text) for name, text in kept.items()})
        row.save(update_fields=["data"])
