"""What the patient's pages say around the questions. The Spanish has not been read by a translator yet: the staff is told."""

from __future__ import annotations

from collections.abc import Mapping

NAMES = {"en": "English", "es": "Español"}
UNREAD = frozenset({"es"})

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Questions before your visit",
        "lead": "Your answers go to the staff of {office} and to nobody else. Leave out what you do not want to answer.",
        "urgent": "If something here cannot wait, tell the staff now.",
        "part": "Part {number} of {all}",
        "about": "About: {window}.",
        "yes": "Yes",
        "no": "No",
        "skip": "Leave out",
        "none_of_these": "None of these",
        "years": "years",
        "months": "months",
        "number": "A number from {lowest} to {highest}",
        "after_no": "Leave these out if your answer above was no or none.",
        "own_wording": "“{title}”, asked in our own words: not the validated wording.",
        "send": "Send my answers",
        "mend": "Something could not be sent yet",
        "nothing": "Nothing is answered yet. Answer what you can, or give the device back.",
        "whole": "Write a whole number from {lowest} to {highest}.",
        "period": "Write the {part} as a number up to {highest}.",
        "thanks": "Thank you",
        "sent": "Your answers are with the staff of {office}. You can give the device back, or close this page.",
        "closed": "This page is closed",
        "closed_why": "It was used already, or its time is over. Ask the staff for a new one.",
        "slow": "Please wait a minute",
        "slow_why": "Too many pages were opened from here. Ask the staff if it stays so.",
        "failed": "This did not work",
        "failed_why": "Nothing was sent. Ask the staff.",
        "idle": "Are you still there? Your answers will be cleared in one minute.",
        "stay": "I am still here",
    },
    "es": {
        "title": "Preguntas antes de su visita",
        "lead": "Sus respuestas llegan al personal de {office} y a nadie más. Deje sin contestar lo que no quiera contestar.",
        "urgent": "Si algo de esto no puede esperar, dígaselo ahora al personal.",
        "part": "Parte {number} de {all}",
        "about": "Sobre: {window}.",
        "yes": "Sí",
        "no": "No",
        "skip": "No contesto",
        "none_of_these": "Ninguno de estos",
        "years": "años",
        "months": "meses",
        "number": "Un número de {lowest} a {highest}",
        "after_no": "Deje estas sin contestar si arriba contestó que no o que nada.",
        "own_wording": "“{title}”, con nuestras propias palabras: no es el texto validado.",
        "send": "Enviar mis respuestas",
        "mend": "Todavía no se pudo enviar",
        "nothing": "Todavía no hay respuestas. Conteste lo que pueda o devuelva el aparato.",
        "whole": "Escriba un número entero de {lowest} a {highest}.",
        "period": "Escriba los {part} con un número hasta {highest}.",
        "thanks": "Gracias",
        "sent": "El personal de {office} ya tiene sus respuestas. Puede devolver el aparato o cerrar esta página.",
        "closed": "Esta página está cerrada",
        "closed_why": "Ya se usó o se acabó su tiempo. Pida una nueva al personal.",
        "slow": "Espere un minuto, por favor",
        "slow_why": "Se abrieron demasiadas páginas desde aquí. Si sigue así, dígaselo al personal.",
        "failed": "Esto no funcionó",
        "failed_why": "No se envió nada. Pregunte al personal.",
        "idle": "¿Sigue ahí? Sus respuestas se borrarán en un minuto.",
        "stay": "Sigo aquí",
    },
}


def words_in(language: str) -> Mapping[str, str]:
    """The words of the pages in a language that they have, else in English."""
    return WORDS.get(language, WORDS["en"])
