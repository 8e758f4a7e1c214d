"""Factories of the federation app: organisations, approvals, accesses, jobs."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from factory.django import DjangoModelFactory
from stdnum.be import vat

from backoffice.federation.models import (
    ActivityVolume,
    Approval,
    ApprovedPosition,
    Collection,
    Consent,
    ConsentUse,
    FederationMember,
    FigureEntry,
    FigureVerification,
    Job,
    JobStep,
    Membership,
    Organisation,
    Participation,
    Preference,
    Site,
    StoredFile,
    Task,
)


def enterprise_number(sequence: int) -> str:
    """A fictional number with a valid check: 0999, the sequence, the check digits."""
    stem = f"0999{sequence:04d}"
    return vat.validate(f"{stem}{97 - int(stem) % 97:02d}")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    enterprise_number = factory.Sequence(enterprise_number)
    name = "Service social du Canal"
    legal_form = Organisation.LegalForm.ASBL
    address = "Quai du Test 1, 1000 Bruxelles"
    iban = "BE68539007547034"
    contact = "Directrice générale"


class ApprovalFactory(DjangoModelFactory):
    class Meta:
        model = Approval

    organisation = factory.SubFactory(OrganisationFactory)
    code = factory.Sequence(lambda n: f"A{n}")
    kind = "CASG"
    name = "Centre d'action sociale globale"
    reference = "AGR-1"
    analytical_account = "100"
    starts_on = date(2020, 1, 1)


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = Site

    approval = factory.SubFactory(ApprovalFactory)
    code = factory.Sequence(lambda n: f"S{n}")
    name = "Siège"
    kind = Site.Kind.SEAT
    address = "Quai du Test 1, 1000 Bruxelles"
    starts_on = date(2020, 1, 1)


class ApprovedPositionFactory(DjangoModelFactory):
    class Meta:
        model = ApprovedPosition

    approval = factory.SubFactory(ApprovalFactory)
    code = factory.Sequence(lambda n: f"C{n}")
    function = "social"
    diploma = "bachelor"
    origin = ApprovedPosition.Origin.MINIMUM
    fte = Decimal("3.0000")
    reference = "AGR-1"
    starts_on = date(2020, 1, 1)


class ActivityVolumeFactory(DjangoModelFactory):
    class Meta:
        model = ActivityVolume

    approval = factory.SubFactory(ApprovalFactory)
    year = 2025
    mission = "french"
    unit = "hours"
    volume = Decimal("412.50")
    source = "RASH 2025"


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    kind = "nothing"
    subject = factory.Sequence(lambda n: f"nothing:{n}")


class JobStepFactory(DjangoModelFactory):
    class Meta:
        model = JobStep

    job = factory.SubFactory(JobFactory)
    name = "first"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = settings.AUTH_USER_MODEL
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    password = factory.django.Password("a plain password")

    @factory.post_generation
    def second_factor(self, create, wanted, **_options):
        """A superuser needs one; False leaves it out."""
        if create and self.is_superuser and wanted is not False:
            give_second_factor(self)


def give_second_factor(user) -> str:
    """Set up an authenticator application for a user; gives its secret."""
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    Authenticator.objects.get_or_create(
        user=user,
        type=Authenticator.Type.TOTP,
        defaults={"data": {"secret": get_adapter().encrypt(secret)}},
    )
    return secret


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class PreferenceFactory(DjangoModelFactory):
    class Meta:
        model = Preference

    user = factory.SubFactory(UserFactory)


class FederationMemberFactory(DjangoModelFactory):
    class Meta:
        model = FederationMember
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    role = "finance"

    @factory.post_generation
    def second_factor(self, create, wanted, **_options):
        """The federation's people need one; False leaves it out."""
        if create and wanted is not False:
            give_second_factor(self.user)


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    organisation = factory.SubFactory(OrganisationFactory)
    purpose = "Contrôle de la justification"
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)
    given_by = factory.SubFactory(UserFactory)


class ConsentUseFactory(DjangoModelFactory):
    class Meta:
        model = ConsentUse

    consent = factory.SubFactory(ConsentFactory)
    user = factory.SubFactory(UserFactory)
    day = date(2026, 3, 1)
    page = "workers"


class CollectionFactory(DjangoModelFactory):
    class Meta:
        model = Collection

    year = factory.Sequence(lambda n: 2000 + n % 100)
    title = "Collecte annuelle"
    opens_on = date(2026, 1, 1)
    closes_on = date(2099, 12, 31)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    collection = factory.SubFactory(CollectionFactory)
    organisation = factory.SubFactory(OrganisationFactory)


class StoredFileFactory(DjangoModelFactory):
    class Meta:
        model = StoredFile

    organisation = factory.SubFactory(OrganisationFactory)
    file = factory.django.FileField(filename="piece.pdf", data=b"%PDF-1.7")
    name = "piece.pdf"
    media_type = "application/pdf"
    size = 8
    sha256 = "0" * 64


class FigureEntryFactory(DjangoModelFactory):
    class Meta:
        model = FigureEntry

    code = factory.Sequence(lambda n: f"employer.test_{n}")
    since = date(2024, 1, 1)
    value = "0.2500"
    source = "Lettre du secrétariat social"
    verified_on = date(2024, 1, 15)
    entered_by = factory.SubFactory(UserFactory)
    entered_at = datetime(2024, 1, 15, 9, 30, tzinfo=UTC)


class FigureVerificationFactory(DjangoModelFactory):
    class Meta:
        model = FigureVerification

    code = factory.Sequence(lambda n: f"employer.test_{n}")
    since = date(2024, 1, 1)
    value = "0.2500"
    verified_on = date(2024, 1, 15)
    verified_by = factory.SubFactory(UserFactory)


class TaskFactory(DjangoModelFactory):
    class Meta:
        model = Task

    organisation = factory.SubFactory(OrganisationFactory)
    text = "Demander la lettre"
    assigned_to = factory.SubFactory(UserFactory)
    set_by = factory.SubFactory(UserFactory)
