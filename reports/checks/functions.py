"""The functions that a scheme finances, and the posts that are of another one."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from backoffice.engine.periods import Period
from backoffice.web.templatetags.labels import said
from grants.models import Post
from reports.checks.rule import Case
from reports.documents.words import without_capital
from reports.dossier import Check
from reports.lines import function_label


def function_not_financed(case: Case) -> Iterator[Check]:
    """Posts of a function that the scheme, or the legal form of the beneficiary, does not finance.

    Silent where the functions of a scheme were not found.
    """
    scheme, form = case.award.scheme, case.award.texts.get("form", "")
    refused = scheme.refused_functions(form)
    if not scheme.functions or refused is None:
        return
    for function, posts in sorted(_posts(case).items()):
        if function in refused:
            yield _refused(case, function, posts)
        elif function not in scheme.functions_of(form):
            yield _unlisted(case, function, posts)


def _refused(case: Case, function: str, posts: list[Post]) -> Check:
    form = case.award.texts["form"]
    article = next(one.source for one in case.award.scheme.forms if one.code == form)
    return Check(
        code="function_not_financed",
        level="warning",
        subject=f"function:{function}:{form}",
        who=_codes(posts),
        month="",
        message=_("%(function)s : non financée pour « %(form)s ». Rien n'y est admis.")
        % {
            "function": said(function_label(function)),
            "form": case.award.scheme.choices_of("form")[form],
        },
        todo=_("Mettez ces travailleurs sur la subvention qui les finance, ou vérifiez la forme."),
        article=article,
        amount=_cut(case, posts),
    )


def _unlisted(case: Case, function: str, posts: list[Post]) -> Check:
    listed = sorted(case.award.scheme.functions_of(case.award.texts.get("form", "")))
    return Check(
        code="function_not_listed",
        level="warning",
        subject=f"function:{function}",
        who=_codes(posts),
        month="",
        message=_("%(function)s : le régime finance %(listed)s, et ne cite pas cette fonction.")
        % {
            "function": said(function_label(function)),
            "listed": ", ".join(without_capital(said(function_label(code))) for code in listed),
        },
        todo=_("Vérifiez que la décision d'agrément admet ces postes, puis acceptez nommément."),
        article=case.award.scheme.functions[0].source,
        amount=_presented(case, posts),
    )


def _posts(case: Case) -> dict[str, list[Post]]:
    """The posts of the exercise by function."""
    found: dict[str, list[Post]] = {}
    for post in case.award.posts:
        days = Period.inclusive(post.starts_on, post.ends_on).overlap(case.award.exercise)
        if not days.is_empty:
            found.setdefault(post.function, []).append(post)
    return found


def _codes(posts: list[Post]) -> str:
    return ", ".join(post.code for post in posts)


def _cut(case: Case, posts: list[Post]) -> int | None:
    """Cents that the rule of the legal form takes off these posts."""
    sheet = case.claim.staff
    if "of_the_form" not in sheet:
        return None
    before = sheet.columns[[one.name for one in sheet.columns].index("of_the_form") - 1].name
    return _sum(case, posts, before)


def _presented(case: Case, posts: list[Post]) -> int:
    return _sum(case, posts, "presented")


def _sum(case: Case, posts: list[Post], name: str) -> int:
    """Cents of a column over the lines of these posts."""
    wanted = {post.pk for post in posts}
    values = case.claim.staff[name].values
    return sum(
        int(values[row])
        for row, place in enumerate(case.claim.rows)
        if case.facts.slice_facts[int(place)].assignment.post_id in wanted
    )
