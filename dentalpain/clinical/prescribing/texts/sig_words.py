"""The closed vocabulary of prescriptions: units, Latin abbreviations, number words. What is not here is not guessed."""

from __future__ import annotations

from fractions import Fraction


def _same(written: str, read: str) -> dict[str, str]:
    return dict.fromkeys(written.split(), read)


UNITS: dict[str, str] = {
    **_same("tab tabs tablet tablets tabl pill pills caplet caplets odt", "tab"),
    **_same("cap caps capsule capsules softgel softgels gelcap gelcaps", "cap"),
    **_same("ml mls milliliter milliliters millilitre millilitres cc ccs", "ml"),
    **_same("tsp tsps teaspoon teaspoons teaspoonful teaspoonfuls teaspoonsful", "tsp"),
    **_same("tbsp tbsps tbs tablespoon tablespoons tablespoonful tablespoonfuls tablespoonsful", "tbsp"),
    **_same("patch patches", "patch"),
    **_same("film films strip strips", "film"),
    **_same("spray sprays actuat actuation actuations", "spray"),
    **_same("puff puffs inhalation inhalations", "puff"),
    **_same("drop drops gtt gtts", "drop"),
    **_same("lozenge lozenges troche troches lollipop lollipops", "lozenge"),
    **_same("suppository suppositories supp", "supp"),
    **_same("packet packets sachet sachets", "packet"),
    **_same("unit units u iu unt", "unit"),
    **_same("mg mgs milligram milligrams", "mg"),
    **_same("mcg mcgs ug microgram micrograms", "mcg"),
    **_same("g gm gms gram grams", "g"),
    **_same("meq meqs", "meq"),
}

TIMES: dict[str, str] = {
    **_same("h hr hrs hour hours", "hour"),
    **_same("d day days dy", "day"),
    **_same("wk wks week weeks", "week"),
    **_same("mo mos month months", "month"),
    **_same("min mins minute minutes", "minute"),
    **_same("hourly hrly", "hourly"),
    **_same("time times", "times"),
    **_same("q every each ea", "every"),
    "qd": "every day", "qday": "every day", "daily": "daily", "qod": "every other day", "qh": "every hour",
    "qam": "every morning", "qpm": "every evening", "qhs": "every bedtime", "hs": "every bedtime",
    "nightly": "every night",
    "qwk": "every week", "twice": "2 times", "thrice": "3 times",
    "ac": "before meals", "pc": "after meals",
}  # fmt: skip

OTHERS: dict[str, str] = {
    **_same("disp dispense dispensed quantity quant qty amount amt", "qty"),
    **_same("refill refills refils rf rfs rfl rfls", "refill"),
    "nr": "no refill",
    "doses": "dose",
    **_same("max maximum nte", "max"),
    "mdd": "max daily dose",
    "nares": "nostril", "naris": "nostril", "nostrils": "nostril",
    **_same("sublingual sublingually", "sl"),
    **_same("orally oral", "po"),
    **_same("buccally", "buccal"),
    **_same("intramuscular intramuscularly", "im"),
    **_same("intravenous intravenously", "iv"),
    **_same("subcutaneous subcutaneously subq sq subcut sc", "subcut"),
    **_same("rectally pr", "rectal"),
    **_same("intranasal intranasally nasally", "nasal"),
    **_same("topically", "topical"),
    **_same("transdermally", "transdermal"),
    **_same("vaginally", "vaginal"),
    **_same("appt appointments", "appointment"),
    **_same("xr sr cr xl la cd", "er"),
    "&": "and", "plus": "and", "+": "and", ".": ",", ";": ",", "\\": "/",
    **dict.fromkeys("()[]{}:\"*=!?|_", ""),
}  # fmt: skip

WORDS = UNITS | TIMES | OTHERS

_NUMBERS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty
"""
NUMBER_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS.split())}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "ss": "0.5", "iss": "1.5", "iiss": "2.5"}

SOLID_UNITS = ("tab", "cap", "patch", "film", "spray", "puff", "lozenge", "supp", "packet")
VOLUMES_ML = {"ml": Fraction(1), "tsp": Fraction(5), "tbsp": Fraction(15)}
FORM_OF_UNIT = {
    "tab": "tablet", "cap": "tablet", "ml": "liquid", "tsp": "liquid", "tbsp": "liquid", "patch": "patch",
    "film": "film",
    "spray": "spray", "puff": "inhaled", "lozenge": "lozenge", "supp": "rectal", "packet": "powder",
}  # fmt: skip
FORM_OF_WORD = {
    **_same("ophthalmic eye eyes", "eye"),
    **_same("otic ear ears", "ear"),
    **_same("inhaler inhal nebulizer nebulized nebulizer neb hfa diskus respimat ellipta", "inhaled"),
    **_same("cream ointment gel lotion shampoo topical foam paste", "topical"),
    **_same("transdermal", "patch"),
    **_same("intrauterine", "intrauterine"),
    "ring": "ring",
    **_same("injection injectable injector syringe vial im iv subcut", "injection"),
    **_same("suppository rectal", "rectal"),
    **_same("solution syrup suspension elixir liquid concentrate", "liquid"),
    "vaginal": "vaginal",
    **_same("implant", "implant"),
}
ROUTE_OF_WORD = {
    "po": "oral", "sl": "sublingual", "buccal": "buccal", "im": "intramuscular", "iv": "intravenous",
    "subcut": "subcutaneous", "rectal": "rectal", "nasal": "nasal", "topical": "topical", "transdermal": "transdermal",
    "vaginal": "vaginal", "ophthalmic": "eye", "otic": "ear", "intrauterine": "intrauterine",
}  # fmt: skip

# Words that change the amount in a way this grammar does not read: with one of them no number is given.
_RISKY = """
    discontinued stopped cancelled canceled voided double increase increasing decrease decreasing reduce titrate
    titrating titration taper tapering wean repeat repeats extra additional another alternate alternating
    alternately except unless loading load bolus not never skip hold stop discontinue instead instructed divided
    sliding scale kg grain grains gr dropperful dropper od ou os then once shift less more half third quarter bottle
    bag pca infusion pump weight based
"""
RISKY = frozenset(_RISKY.split())

# Words that say nothing about the amount.
_FILLER = """
    take takes taking give chew swallow dissolve place apply use insert inhale instill inject wear put let sig rx r
    s please may can should to the a an of for by in at on with and is as pt patient her his your you it this that x
    per every after before food meals meal milk water full glass snack plenty mouth tongue under over cheek between
    until finished gone all done complete course supply total dose doses tab cap ml patch film spray puff lozenge
    packet drop supp unit prn po sl buccal topical transdermal nasal rectal vaginal subcut im iv pain severe
    moderate mild dental tooth teeth toothache oral er ir extended release immediate delayed sustained controlled
    acting long short dr ec coated enteric chewable disintegrating dispersible effervescent orally solution syrup
    suspension elixir liquid concentrate cream ointment gel lotion foam shampoo system pack day hour week month kit
    inhaler inhal powder dry mucosal injection injectable injector auto prefilled prefill syringe vial pen cartridge
    implant intrauterine ring otic ophthalmic eye eyes ear ears left right both each abuse deterrent nda brand
    generic daw substitution permitted allowed medically necessary only if still needed breakthrough acute post op
    operative postop postoperative surgery surgical extraction extractions procedure discomfort swelling
    inflammation infection anxiety sleep insomnia nausea vomiting cough fever headache headaches migraine spasm
    spasms muscle jaw tmj tmd facial chronic blood pressure heart cholesterol diabetes mood depression nerve
    allergies allergy reflux while awake around clock time times daily strength regular adult children childrens w c
    hcl script home own stock otc area affected thin layer gum gums directed direction directions ordered prescribed
    til till viscous paste rinse swish spit expectorate brushing brush susp package pkg box
    clocka clockb clockc clockd clocke clockf clockg clockh clocki clockj clockk clockl
    refill no none up do pn change new oud moud mat otp addiction maintenance meq qty max days maximum minimum low start
    starting begin first atc compounded compound
"""
FILLER = frozenset(_FILLER.split())

_NEGATIONS = """
    no not avoid stop without instead discontinue discontinued hold dc allergic allergy allergies intolerant
    void voided cancelled canceled stopped
    replaces replacing replaced contains containing other off never declined refuses refused failed dont
"""
NEGATIONS = frozenset(_NEGATIONS.split())
CAP_WORDS = frozenset({"max", "maximum", "exceed", "nte", "mdd", "limit"})
