"""Turn every national number to the first key, so that an old one can be removed."""

from django.db import transaction

from backoffice.federation.audit import because
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
    return len(rows)
