// The page works without this. It clears what was typed when nobody is there any more, and never shows a former page
// again on the way back. Nothing is kept in the browser.
(function () {
  "use strict";
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { location.reload(); }
  });
  var form = document.querySelector("form[data-idle]");
  if (!form) { return; }
  var summary = document.querySelector("div.pf-wrong");
  if (summary) { summary.focus(); }
  form.addEventListener("submit", function (event) {
    if (form.dataset.sent) { event.preventDefault(); }
    form.dataset.sent = "1";
  });
  form.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); }
  });

  var dialog = document.getElementById("pf-idle");
  var asked, cleared;
  function clear() {
    form.reset();
    form.querySelectorAll("input").forEach(function (field) {
      if (field.type === "radio" || field.type === "checkbox") { field.checked = false; } else { field.value = ""; }
    });
    dialog.close();
    window.scrollTo(0, 0);
  }
  function ask() {
    dialog.showModal();
    cleared = setTimeout(clear, 60000);
  }
  // While the question stands, only its own button answers it: opening it may scroll the page, and that is nobody.
  function there() {
    if (dialog.open) { return; }
    clearTimeout(asked);
    clearTimeout(cleared);
    asked = setTimeout(ask, Number(form.dataset.idle) * 1000);
  }
  ["input", "click", "keydown", "scroll", "touchstart"].forEach(function (kind) {
    document.addEventListener(kind, there, { passive: true });
  });
  dialog.addEventListener("close", there);
  there();
}());
