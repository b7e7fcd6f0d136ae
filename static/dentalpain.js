// The pages work without this. It adds: word that a patient has sent answers, the copying of the note, a notice when what stands on the
// page is about a former text, the place on the page after an answer, and review by Ctrl+Enter. Nothing of a patient is
// kept in the browser.
(function () {
  "use strict";
  var EVERY = 15000;
  var news = document.getElementById("dp-news");
  function look() {
    if (document.hidden) { return; }
    fetch(news.dataset.address, { headers: { Accept: "application/json" } }).then(function (answer) {
      return answer.ok ? answer.json() : null;
    }).then(function (counts) {
      if (!counts) { return; }
      news.children[0].hidden = counts.waiting <= Number(news.dataset.waiting);
      news.children[1].hidden = counts.urgent <= Number(news.dataset.urgent);
    }).catch(function () { /* asked again in a while */ });
  }
  if (news) { setInterval(look, EVERY); }

  var copy = document.getElementById("dp-copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", function () {
      navigator.clipboard.writeText(document.getElementById("dp-note").value).then(function () {
        document.getElementById("dp-copied").textContent = "Copied.";
      });
    });
  }

  var form = document.getElementById("visit-form");
  if (!form) { return; }
  var notice = document.getElementById("dp-changed");
  var KEY = "dentalpain-scroll";

  function changed(event) {
    var field = event.target;
    if (field.form === form && field.name.indexOf("sign") !== 0 && notice) { notice.hidden = false; }
  }
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);

  form.addEventListener("submit", function (event) {
    var button = event.submitter;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    if (button && (button.name === "answer" || button.closest(".dp-questions"))) {
      sessionStorage.setItem(KEY, String(Math.round(window.scrollY)));
    }
  });
  window.addEventListener("pageshow", function () {
    delete form.dataset.sent;
    var place = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (place !== null) { window.scrollTo(0, Number(place)); }
  });

  form.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  var summary = form.querySelector(".dp-summary");
  if (summary) { summary.focus(); }
}());
