"""What is asked once, in a database: cards and their assessments, answers under a key, tokens; and decisions counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, false, func, insert, or_, select

from .answer_rows import answer_of, answer_row, counted, first_moment
from .port import FEEDBACK, NO_REASON, DecisionCount, KeptAnswer, ShownCount
from .rows import checked_text, utc_text
from .shown import REVIEWING, shown_counts
from .tables import assessments, audit, cards, kept_answers, overrides, used_tokens
from .transactions import Work, rows, streamed


def link_cards(work: Work, assessment_id: str, shown: Sequence[str]) -> None:
    """Let these cards lead to an assessment, whatever they led to before."""
    if not shown:
        return
    names = [checked_text("A card", card) for card in dict.fromkeys(shown)]
    work.connection.execute(delete(cards).where(cards.c.tenant == work.tenant, cards.c.card.in_(names)))
    held = {"tenant": work.tenant, "assessment_id": assessment_id}
    work.connection.execute(insert(cards), [{**held, "card": name} for name in names])


def assessment_of_card(work: Work, card: str) -> str | None:
    """The assessment that a card leads to."""
    query = select(cards.c.assessment_id).where(cards.c.tenant == work.tenant, cards.c.card == card)
    return work.connection.execute(query).scalar()


def claim(work: Work, wanted: KeptAnswer, at: dt.datetime) -> KeptAnswer | None:
    """See AssessmentStore.claim; the writers of the tenant are held already."""
    row, now = answer_row(wanted), utc_text("The time", at)
    mine = kept_answers.c.tenant == work.tenant
    work.connection.execute(delete(kept_answers).where(mine, kept_answers.c.until <= now))
    held = next(rows(work, select(kept_answers).where(mine, kept_answers.c.key == wanted.key)), None)
    if held is not None:
        return answer_of(held)
    work.connection.execute(insert(kept_answers).values(tenant=work.tenant, **row))
    return None


def keep_answer(work: Work, answer: KeptAnswer) -> None:
    """See AssessmentStore.keep_answer."""
    release(work, answer.key)
    work.connection.execute(insert(kept_answers).values(tenant=work.tenant, **answer_row(answer)))


def release(work: Work, key: str) -> None:
    """See AssessmentStore.release."""
    work.connection.execute(delete(kept_answers).where(kept_answers.c.tenant == work.tenant, kept_answers.c.key == key))


def use_once(work: Work, token: str, until: dt.datetime, at: dt.datetime) -> bool:
    """See AssessmentStore.use_once; the writers of the tenant are held already."""
    row = {"token": checked_text("The token", token), "until": utc_text("The end of a token", until)}
    mine = used_tokens.c.tenant == work.tenant
    work.connection.execute(delete(used_tokens).where(mine, used_tokens.c.until <= utc_text("The time", at)))
    known = select(func.count()).select_from(used_tokens).where(mine, used_tokens.c.token == token)
    if work.connection.execute(known).scalar():
        return False
    work.connection.execute(insert(used_tokens).values(tenant=work.tenant, **row))
    return True


def decision_counts(work: Work, since: dt.date, before: dt.date) -> tuple[DecisionCount, ...]:
    """See AssessmentStore.decision_counts."""
    first, end = first_moment(since), first_moment(before)
    silent = func.coalesce(overrides.c.reason_text == NO_REASON, false())
    what = (overrides.c.rule, overrides.c.reason_code, silent)
    within = (overrides.c.tenant == work.tenant, overrides.c.overridden_at >= first, overrides.c.overridden_at < end)
    decided = select(*what, func.count()).where(*within).group_by(*what)
    told = (
        select(audit.c.result, func.count())
        .where(audit.c.tenant == work.tenant, audit.c.action == FEEDBACK, audit.c.at >= first, audit.c.at < end)
        .group_by(audit.c.result)
    )
    return counted(
        [(rule, code, bool(none), count) for rule, code, none, count in work.connection.execute(decided)],
        [(result, count) for result, count in work.connection.execute(told)],
    )


def shown(work: Work, since: dt.date, before: dt.date) -> tuple[ShownCount, ...]:
    """See AssessmentStore.shown_counts."""
    kept, saved = assessments.c, assessments.c.saved_at
    within = (kept.tenant == work.tenant, kept.kind.in_(REVIEWING), saved >= first_moment(since), saved < first_moment(before))
    held = select(kept.id, kept.patient_ref, kept.judged_on, kept.result).where(*within)
    theirs = select(kept.id).where(*within)
    against = select(overrides.c.assessment_id, overrides.c.rule).where(
        overrides.c.tenant == work.tenant, overrides.c.assessment_id.in_(theirs)
    )
    decided = [(name, rule) for name, rule in work.connection.execute(against)]
    with streamed(work, held) as found:
        return shown_counts(found, decided)


def forget_patient(work: Work, *refs: str) -> None:
    """Remove the kept answers that hold what was said about a patient."""
    theirs = or_(*(kept_answers.c.patient_ref == ref for ref in refs))
    work.connection.execute(delete(kept_answers).where(kept_answers.c.tenant == work.tenant, theirs))
