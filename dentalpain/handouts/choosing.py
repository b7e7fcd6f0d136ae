"""What a handout is about: the options that are given, the topics, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..errors import InputError, UnknownNameError
from .avoiding import blocked, blocked_names, naming
from .wording import MEDICINE, Topic, Wording, fill

Alternatives = Sequence[Mapping[str, Any]]

INDICATION_TOPICS = {
    "simple_extraction": ("after-extraction",),
    "surgical_extraction": ("after-extraction",),
    "toothache_no_care": ("toothache-until-treated",),
    "chronic_tmd": ("tmj-self-care",),
    "trigeminal_neuralgia": ("trigeminal-neuralgia",),
    "post_traumatic_neuropathic": ("nerve-pain-after-injury",),
    "burning_mouth": ("burning-mouth",),
    "persistent_idiopathic_facial": ("central-sensitization",),
    "persistent_idiopathic_dentoalveolar": ("central-sensitization",),
}
DIAGNOSIS_TOPICS = {
    "myalgia": "muscle-pain",
    "local-myalgia": "muscle-pain",
    "myofascial-pain": "muscle-pain",
    "myofascial-pain-with-referral": "muscle-pain",
    "arthralgia": "joint-pain",
    "degenerative-joint-disease": "joint-pain",
    "headache-attributed-to-tmd": "headache-with-tmd",
    "disc-displacement-with-reduction": "clicking-locking",
    "disc-displacement-with-reduction-intermittent-locking": "clicking-locking",
    "disc-displacement-without-reduction-limited-opening": "clicking-locking",
    "disc-displacement-without-reduction-without-limited-opening": "clicking-locking",
    "subluxation": "clicking-locking",
}
OPIOIDS = "opioid-if-prescribed"
SUBTYPES_OF_MYALGIA = {"local-myalgia", "myofascial-pain", "myofascial-pain-with-referral"}


def check_given(give: Sequence[str], alternatives: Alternatives, wording: Wording) -> None:
    """Raise UnknownNameError for an option that the review did not judge, InputError for one that it blocked.

    InputError also for one whose name is that of a blocked one, and for two that must not be taken together.
    """
    judged = {option["id"] for option in alternatives}
    for option in give:
        if option not in judged:
            raise UnknownNameError(
                f"the review did not judge the option {option}." if option.isidentifier() else "an option is unknown.",
                where="give",
                mend="Add it to the review with --consider, then decide.",
            )
    for stopped in blocked(alternatives):
        if stopped["id"] in give:
            rules = ", ".join(rule for rule in stopped["rules"] if rule not in stopped["unknown_rules"])
            reason = f"by {rules}" if rules else "by the guideline"
            raise InputError(
                f"{stopped['id']} is blocked for this patient {reason}.", where="give", mend="Choose another option."
            )
    for option in give:
        name = wording.medicines.get(option, {}).get("name", "")
        if (found := naming(blocked_names(alternatives)).search(name)) is not None:
            raise InputError(
                f"{option} cannot be named, as the review blocked {found.group(0).lower()} in another form.",
                where="give",
                mend="Explain it in person.",
            )
    _check_together(give, wording)


def _check_together(give: Sequence[str], wording: Wording) -> None:
    """Raise InputError for two medicines on one handout that a patient must not take together.

    Each alternative was judged as if it replaced the others; two of one kind, or an opioid beside low-dose naltrexone,
    would be handed out unjudged.
    """
    for kind in wording.avoid["kind"].values():
        same = [option for option in dict.fromkeys(give) if option in kind["options"]]
        if len(same) > 1:
            raise InputError(f"{' and '.join(same)} are of one kind.", where="give", mend="Hand out one of them.")
    opioids = [option for option in give if _is_opioid(option, wording)]
    if opioids and "low_dose_naltrexone" in give:
        raise InputError(f"{opioids[0]} and naltrexone must not be taken together.", where="give", mend="Choose one.")


def choose_topics(
    review: Mapping[str, Any],
    give: Sequence[str],
    topics: Sequence[str] | None,
    released: Sequence[str],
    wording: Wording,
    *,
    also: Sequence[str] = (),
    without: Sequence[str] = (),
) -> list[Topic]:
    """The topics that a person chose, no more and no fewer; or, where `topics` is None, those that the visit calls for.

    `also` are added to them, `without` are left out. Raises UnknownNameError for a topic without wording, InputError for
    a topic that names a blocked medicine and for one that is both added and left out.
    """
    names = [*(topics if topics is not None else _called_for(review, give, released, wording)), *also]
    for name in without:
        wording.topic(name)
    if both := [name for name in [*(topics or ()), *also] if name in without]:
        raise InputError(f"the topic {both[0]} is both wanted and left out.", where="topic", mend="Choose one of the two.")
    chosen = [wording.topic(name) for name in dict.fromkeys(names) if name not in without]
    stopped = {option["id"] for option in blocked(review["alternatives"])}
    for topic in chosen:
        if stopped & set(topic.names):
            raise InputError(f"the topic {topic.id} names a medicine that the review blocked.", where="topic")
    return chosen


def medicines_of_topics(topics: Sequence[str]) -> list[str]:
    """The options that have a page of their own: who reads about a medicine is given it, with its dose."""
    return [name.removeprefix(MEDICINE) for name in topics if name.startswith(MEDICINE)]


def _called_for(
    review: Mapping[str, Any], give: Sequence[str], released: Sequence[str], wording: Wording
) -> list[str]:
    names = [*INDICATION_TOPICS.get(review["indication"] or "", ())]
    names += [DIAGNOSIS_TOPICS[found] for found in released if found in DIAGNOSIS_TOPICS]
    return names + topics_of_medicines(give, wording)


def topics_of_medicines(give: Sequence[str], wording: Wording) -> list[str]:
    """The topics that explain what is given: that of a medicine with a topic of its own, and that of opioids."""
    names = [topic.id for topic in wording.topics.values() if set(topic.names) & set(give)]
    return [*names, OPIOIDS] if any(_is_opioid(option, wording) for option in give) else names


def _is_opioid(option: str, wording: Wording) -> bool:
    return bool(wording.medicines.get(option, {}).get("opioid"))


def found_sentences(screen: Mapping[str, Any] | None, released: Sequence[str], wording: Wording) -> list[str]:
    """What was found in plain words, only of diagnoses that the clinician released and the screening met.

    Raises InputError for a diagnosis that was not met, UnknownNameError for one without wording.
    """
    met: dict[str, list[str]] = {}
    for diagnosis in (screen or {}).get("diagnoses", ()):
        if diagnosis["status"] == "met":
            met.setdefault(diagnosis["id"], []).append(diagnosis["side"])
    for name in released:
        if name not in wording.general["found"]:
            raise UnknownNameError("a released diagnosis has no wording.", where="released")
        if name not in met:
            raise InputError(f"the screening did not find {name}.", where="released", mend="Release what was met.")
    shown = [name for name in released if name != "myalgia" or not SUBTYPES_OF_MYALGIA & set(released)]
    return [_found(wording.general["found"][name], met[name], wording) for name in dict.fromkeys(shown)]


def _found(sentence: str, sides: Sequence[str], wording: Wording) -> str:
    side = ""
    if {"right", "left"} <= set(sides):
        side = wording.word("both")
    elif sides[0] != "patient":
        side = wording.word(sides[0])
    return fill(sentence, {"side": side}).replace(" .", ".")
