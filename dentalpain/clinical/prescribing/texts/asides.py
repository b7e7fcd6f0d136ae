"""What stands in a prescription and is no dose: teeth, scores, warnings, dates, telephone numbers, diagnosis codes."""

from __future__ import annotations

from .sig_text import COUNTS, NUM, SigText, pattern

UNIT = rf"{COUNTS}|mg|mcg|g|dose"

PACKAGE = pattern(
    rf"\d+ day(?= (?:pack|kit|vaginal|ring|@))|(?:8|12|24|72|84|96|168) hour(?: er)?(?= @)|{NUM} spray(?= @)|nda \d+|"
    rf"\d+ day - pack|{NUM}(?: [-/] {NUM})* %"
)
PACKAGE_VOLUME = pattern(rf"{NUM} ml(?= @)")  # '10 ML Furosemide 10 MG/ML Injection'
TOOTH = pattern(
    rf"(?:tooth|teeth|molars?|site)(?: # ?| )+\d+(?: (?:,|and|-|/|to)(?: #)? \d+)*(?! (?:{UNIT}|-|to))"
    r"|(?:extractions?|exts?|removal)(?: of)?(?: tooth| teeth)?(?: #)+ \d+(?: (?:and|-|/|to)(?: #)? \d+)*"
)
PAIN_SCORE = pattern(
    r"(?:pain|severity|score)(?: (?:scale|score|level|rating|is|of|>|≥|over|above|greater|than|=|/))* "
    r"(?:[4-9] (?:-|to) (?:[5-9]|10)|10|\d+ / 10|\d+ (?:-|to) \d+ / 10)"
    rf"(?! (?:{UNIT}|po|every|bid|tid|qid|prn|-|to|times|x))"
    r"|pain(?: (?:scale|score|level|rating|of))*(?: (?:>|≥|over|above|greater than)) \d+"
)
WARNING = pattern(
    r"(?:do |must |should )?(?:not|no|avoid|never|without|stop|hold|discontinue)(?: (?:[a-z]+|,)){0,5}? \$"
    r"(?: (?:and|or|,|/) \$)*"
    r"|(?:do |must |should )?(?:not|no|avoid) "
    r"(?:drive|driving|drink|drinking|alcohol|operate|crush|chew|mix|combine|substitute)"
    r"(?: (?:or|and|with|while|taking|on|this|the|medicine|medication|heavy|a|car|alcohol|drive|drink|operate|"
    r"machinery))*"
    r"|(?:no|avoid|without) (?:opioids?|narcotics?|nsaids?)"
)
ALLERGY = pattern(
    r"nkda|nka|(?:allergic|allergy|allergies|intolerant|intolerance)(?: (?:to|known|drug|,))*(?: \$)?(?: (?:,|and|or|/|to) \$)*"
)
MEALS = pattern(rf"(?:{NUM} (?:minute|hour) )?(?:before|after|with)(?: (?:each|every|a|all))? meals?")
FOLLOW_UP = pattern(r"(?:follow up|return|recheck|call|review|visit)(?: [a-z]+){0,4} \d+ (?:day|week|month)")

MONTH, DAY_OF_MONTH, YEAR = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])", r"(?:19|20)\d\d"
FILL = pattern(r"(?:do |may |must )?not (?:to )?(?:be )?(?:fill|filled|qty)(?: (?:before|until|till|prior|to|on))*|qty as written")
DATE = pattern(
    rf"(?:(?:date|dated|written|on|of|birth|dob|,) )*"
    rf"(?:{MONTH} ([-/]) {DAY_OF_MONTH} \1 {YEAR}|{YEAR} - {MONTH} - {DAY_OF_MONTH})"
)
TELEPHONE = pattern(
    r"(?:(?:call|phone|telephone|tel|fax|cell|office|ph|at|,|#) )*(?:1 - )?\d{3} (?:- )?\d{3} - \d{4}"
)
REGISTRATION = pattern(r"(?:dea|npi|license|lic)(?: (?:number|no|#|,|is))* (?:[a-z]{2} )?\d{7,10}")
# ICD-10-CM; without a heading only the letters that head dental, jaw and symptom codes, and never without a point.
DIAGNOSIS = pattern(
    r"(?:(?:icd(?: -)?(?: 10)?(?: -)?(?: cm)?|dx|diagnosis)(?: (?:,|#|code|is))* [a-z] \d\d(?:\.\d{1,4})?|[kmr] \d\d\.\d{1,4})"
    r"(?: x{1,3}[ads])?"
)
# The weight or age of the patient; a dose for each kilogram is refused where the amounts are read.
BODY = pattern(
    rf"(?:wt|weight|weighs|weighing)(?: (?:,|is|of|=|about))* {NUM} (?:kg|kgs|lb|lbs|pounds?)"
    rf"|(?:age|aged)(?: (?:,|is|of|=))* \d+(?: (?:yo|years?|yrs?|y|month)(?: old)?)?"
    rf"|\d+ (?:(?:-|,) )?(?:yo|y / o|y o|(?:year|years|yr|yrs|month)(?: -)? old|month / o)"
)
NOSTRIL = pattern(r"(?:(?:in|into|to|per|the|1|either|left|right|affected|alternate|alternating) )+nostril")

# A time of day after or before which none is taken only lowers the number, as "while awake" does: the whole day is counted.
CURFEW = pattern(
    r"(?:do |must )?(?:not|none|no|never|nothing)"
    r"(?: (?:dose|doses|take|taken|to|be|use|it|any|more|later|earlier|than|after|past|before|until))* "
    r"(?:after|past|than|before|until)(?: at)? (?:clock[a-l]|noon|midnight|bedtime)"
)
# A rinse, or a tablet that melts in the mouth: how long it is held.
SECONDS = pattern(
    r"(?:(?:hold|held|keep)(?: (?:in|the|your|mouth|it))* )?"
    rf"(?:(?:for )?{NUM} (?:- )?(?:sec|secs|second|seconds)|for {NUM}(?: (?:-|to) {NUM})? minute)"
    rf"|{NUM}(?: (?:-|to) {NUM})? minute(?= (?:and |, )*(?:spit|expectorate|rinse|swallow|discard))"
)

ASIDES = (
    CURFEW, SECONDS, DATE, TELEPHONE, REGISTRATION, DIAGNOSIS, BODY, TOOTH, PAIN_SCORE, WARNING, ALLERGY, FILL, MEALS,
    FOLLOW_UP, NOSTRIL,
)  # fmt: skip


def strike_asides(sig: SigText, packed: bool) -> None:
    """Strike out everything that is no dose; `packed`: an injection or inhaler, whose volume may stand before its name."""
    sig.take(PACKAGE)
    if packed:
        sig.take(PACKAGE_VOLUME)
    for shape in ASIDES:
        sig.take(shape)
