"""What a host can listen to: blinker signals, sent after the transaction has committed, with ids and nothing else.

Every receiver is called as `receiver(app, *, mount, actor, patient_ref, assessment, rules)`: the Flask app, the name of
the mount, then opaque ids or None, and a tuple of rule ids. No name, answer or advice travels in a signal.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable
from typing import Any

from blinker import NamedSignal, Namespace

log = logging.getLogger("dentalpain")
_names = Namespace()

screen_completed = _names.signal(
    "screen_completed", "An assessment with new answers or findings was kept; `rules` are the red flags that are present."
)
alert_shown = _names.signal("alert_shown", "A page or a card showed alerts; `rules` are those that speak.")
alert_overridden = _names.signal("alert_overridden", "A clinician decided against an alert, and the decision was kept.")
handout_made = _names.signal("handout_made", "A handout was made for the printer or put into the chart.")
chart_read = _names.signal("chart_read", "A patient's record was read from the practice software, and the look was kept.")

SIGNALS = (screen_completed, alert_shown, alert_overridden, handout_made, chart_read)


def announce(
    signal: NamedSignal,
    app: Any,
    *,
    mount: str,
    actor: str,
    patient_ref: str | None = None,
    assessment: str | None = None,
    rules: Iterable[str] = (),
) -> None:
    """Call each receiver in turn. What one raises is logged without its message, and keeps nobody else from hearing.

    By now the work is committed: an answer that failed would be asked again, and the work done twice.
    """
    if signal.is_muted:
        return
    told = {"mount": mount, "actor": actor, "patient_ref": patient_ref, "assessment": assessment, "rules": tuple(rules)}
    for receiver in list(signal.receivers_for(app)):
        try:
            receiver(app, **told)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            log.error(
                "dentalpain: a receiver of %s raised %s in %s line %s", signal.name, type(error).__name__, frame.name, frame.lineno
            )
