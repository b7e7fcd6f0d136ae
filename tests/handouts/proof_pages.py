"""A page in each language that has fonts but no wording of handouts yet: lines, bold words, lists, a box and a link."""

# A letter of these languages counts as two columns in the style checker; the texts stay one piece each.
# ruff: noqa: E501
from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

import pytest

from dentalpain.handouts import build_fonts, fonts
from dentalpain.handouts.content import Box, Bullets, Document, Heading, Office, Paragraph, Run, Steps, texts

from .samples import ON

PHONE = Run("734-555-0142", link="tel:7345550142")
# title, main message, heading, items (the first word bold), step, "call us at", page, preview
WORDS = {
    "zh-Hans": (
        "下颌疼痛的家庭护理", "大多数下颌疼痛会随着休息和家庭护理而好转。这可能需要几个星期。请每天爱护您的下颌。", "每天要做的事",
        [("让下颌休息：", "嘴唇合上，牙齿分开，舌头放在上门牙后面。每小时检查一次。"),
         ("吃软的食物", "大约 2 周。小口吃。两边都要咀嚼。"), ("用温热的湿布", "敷 15 到 20 分钟。每天 2 到 4 次。")],
        "慢慢张开一点。疼痛之前停下来。", "请致电 ", "第 {page} 页，共 {pages} 页", "预览 – 本诊所尚未批准",
    ),
    "ko": (
        "아픈 턱을 위한 집에서의 관리", "대부분의 턱 통증은 쉬고 집에서 관리하면 좋아집니다. 몇 주가 걸릴 수 있습니다. 매일 턱을 아껴 주세요.", "매일 할 일",
        [("턱을 쉬게 하세요:", " 입술은 다물고, 이는 떼고, 혀는 윗앞니 뒤에 둡니다. 한 시간에 한 번 확인하세요."),
         ("부드러운 음식을", " 약 2주 동안 드세요. 조금씩 드세요. 양쪽으로 씹으세요."), ("따뜻한 젖은 수건을", " 15분에서 20분 동안 대세요. 하루 2번에서 4번 하세요.")],
        "천천히 조금 벌리세요. 아프기 전에 멈추세요.", "전화하세요: ", "{pages}쪽 중 {page}쪽", "미리보기 – 이 치과에서 아직 승인하지 않음",
    ),
    "hi": (
        "दुखते जबड़े की घर पर देखभाल", "जबड़े का ज़्यादातर दर्द आराम और घर की देखभाल से ठीक हो जाता है। इसमें कुछ हफ़्ते लग सकते हैं। हर दिन अपने जबड़े का ध्यान रखें।", "हर दिन",
        [("जबड़े को आराम दें:", " होंठ बंद, दाँत अलग, जीभ ऊपर के सामने के दाँतों के पीछे। हर घंटे एक बार जाँचें।"),
         ("नरम खाना खाएँ", " लगभग 2 हफ़्ते तक। छोटे कौर लें। दोनों तरफ़ से चबाएँ।"), ("गर्म गीला कपड़ा", " 15 से 20 मिनट रखें। दिन में 2 से 4 बार करें।")],
        "धीरे से थोड़ा खोलें। दर्द होने से पहले रुक जाएँ।", "हमें फ़ोन करें: ", "पृष्ठ {page}, कुल {pages}", "पूर्वावलोकन – इस क्लिनिक ने अभी मंज़ूरी नहीं दी",
    ),
    "ar": (
        "العناية المنزلية بالفك المؤلم", "يتحسن معظم ألم الفك مع الراحة والعناية في البيت. قد يستغرق ذلك عدة أسابيع. اعتنِ بفكك كل يوم.", "كل يوم",
        [("أرح فكك:", " الشفتان معًا، والأسنان متباعدة، واللسان خلف الأسنان الأمامية العليا."),
         ("كل طعامًا لينًا", " لمدة 1-2 أسبوع. خذ لقمات صغيرة (10-15 مرة)."), ("ضع قطعة قماش دافئة", " 15-20 دقيقة، 2-4 مرات في اليوم.")],
        "افتح فمك قليلاً ببطء. توقف قبل الألم.", "اتصل بنا على ", "صفحة {page} من {pages}", "معاينة تجريبية – لم تعتمدها هذه العيادة بعد",
    ),
}  # fmt: skip
EXPERIMENTAL = {"ar": "تجريبي: لم يُختبر هذا النص بعد مع قارئ شاشة."}


@cache
def _fonts_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="fonts-"))


@cache
def use_fonts(language: str) -> None:
    """Build fonts with the letters of the proof page, once; the test is skipped where a package is missing."""
    pytest.importorskip("fontTools", reason="fonttools is not installed")
    held = set("".join([*texts(page(language)), *WORDS[language][-2:], "…0123456789."]))
    family = fonts.letters_of(language).family
    letters = set(build_fonts.ALWAYS) | {ord(letter) for letter in held}
    for weight in build_fonts.WEIGHTS:
        try:
            build_fonts.build(weight, _fonts_folder(), family, sorted(letters))
        except build_fonts.importlib.metadata.PackageNotFoundError:
            pytest.skip(f"{build_fonts.FAMILIES[family].package} is not installed")
    fonts.use_folder(_fonts_folder())


@cache
def page(language: str) -> Document:
    """The proof page of a language."""
    title, main, heading, items, step, call, page_of, preview = WORDS[language]
    note = EXPERIMENTAL.get(language)
    return Document(
        title=title,
        language=language,
        on=ON,
        office=Office("Riverside Family Dental", "734-555-0142"),
        blocks=(
            Box("main", (), (Paragraph((Run(main),)),)),
            *([Paragraph((Run(note, bold=True),))] if note else []),
            Heading(heading),
            Bullets(tuple((Run(bold, bold=True), Run(rest)) for bold, rest in items)),
            Steps(((Run(step),), (Run(step),))),
            Box("call_us", (Run(call), PHONE), (Bullets(((Run(step),),)),)),
        ),
        page_of=page_of,
        version=heading,
        watermark=preview,
    )
