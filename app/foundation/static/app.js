/* Enhancement only: every action also works as a plain form or link. */
(function (d) {
  "use strict";
  function one(selector, root) { return (root || d).querySelector(selector); }
  function all(selector, root) { return Array.prototype.slice.call((root || d).querySelectorAll(selector)); }

  /* The error summary first, in browsers that heed `autofocus` on inputs only. */
  var summary = one("[data-autofocus]");
  if (summary && !("autofocus" in HTMLElement.prototype)) summary.focus();

  /* Menus close by Escape and by a click elsewhere. */
  function closeMenus(except) {
    all(".menu[open]").forEach(function (menu) { if (menu !== except) menu.open = false; });
  }
  d.addEventListener("click", function (event) { closeMenus(event.target.closest(".menu")); });
  d.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && one(".menu[open]");
    if (menu) { menu.open = false; one("summary", menu).focus(); }
  });

  /* Filters are folded where they stand above their list, unless something in them is wrong. */
  var above = matchMedia("(max-width: 74.99rem)").matches;
  all("[data-filter]").forEach(function (panel) { panel.open = !above || !!one("[aria-invalid]", panel); });

  /* A form is sent once; coming back to the page makes it usable again. */
  var sending = false;
  d.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post") return;
    if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "");
    form.setAttribute("aria-busy", "true");
    sending = true;
  });
  addEventListener("pageshow", function () {
    sending = false;
    all("[data-sent]").forEach(function (form) {
      form.removeAttribute("data-sent");
      form.removeAttribute("aria-busy");
    });
  });

  /* Ask before text that was not saved is left behind. */
  var unsaved = false;
  all("[data-unsaved]").forEach(function (form) {
    form.addEventListener("input", function () { unsaved = true; });
  });
  addEventListener("beforeunload", function (event) {
    if (unsaved && !sending) { event.preventDefault(); event.returnValue = ""; }
  });

  /* A draft saves itself a while after the last key, and says what came of it; the buttons save as ever. */
  all("[data-autosave]").forEach(function (form) {
    var said = one("[data-said]"), timer, busy, over;
    if (!said || !window.fetch || !window.FormData || !FormData.prototype.delete) return;
    function later() { clearTimeout(timer); if (!over) timer = setTimeout(save, 5000); }
    function save() {
      if (busy || sending) return later();
      var body = new FormData(form), before = unsaved;
      body.delete("_key");
      busy = true;
      unsaved = false;
      fetch(form.getAttribute("data-autosave"), { method: "POST", body: body, credentials: "same-origin" }).then(function (answer) {
        if (answer.redirected) throw answer;
        return answer.json().then(function (told) {
          Object.keys(told.fields || {}).forEach(function (name) { form.elements[name].value = told.fields[name]; });
          said.textContent = told.said;
          over = answer.status === 409;
          if (!answer.ok) throw told;
        });
      }).catch(function (problem) {
        unsaved = before;
        if (!problem.said) said.textContent = said.getAttribute("data-said");
      }).then(function () { busy = false; });
    }
    form.addEventListener("input", later);
  });

  /* A queue: tick all rows; j and k move, x ticks, o opens, / searches, ? shows the keys. In a case n and p go on. */
  var table = one("[data-rows]");
  var every = one("[data-all]");
  if (every) {
    every.addEventListener("change", function () {
      all("tbody .c-pick input", every.closest("table")).forEach(function (box) { box.checked = every.checked; });
    });
  }
  if (d.documentElement.getAttribute("data-keys") === "off") return;
  var rows = table ? all("tbody tr", table) : [];
  var current = -1;
  function title(row) { return one(".c-main a", row) || one("a", row); }
  function go(to) {
    if (!rows[to]) return;
    if (rows[current]) rows[current].classList.remove("cur");
    current = to;
    rows[to].classList.add("cur");
    var link = title(rows[to]);
    if (link) link.focus({ preventScroll: true });
    rows[to].scrollIntoView({ block: "nearest" });
  }
  function typing(element) {
    return element.isContentEditable || /^(SELECT|TEXTAREA)$/.test(element.tagName) ||
      (element.tagName === "INPUT" && element.type !== "checkbox");
  }
  function follow(way) { var link = one(".trail [rel=" + way + "]"); if (link) link.click(); }
  var acts = {
    j: function () { go(current + 1); },
    k: function () { go(current - 1); },
    x: function () { var box = rows[current] && one(".c-pick input", rows[current]); if (box) box.checked = !box.checked; },
    o: function () { var link = rows[current] && title(rows[current]); if (link) link.click(); },
    n: function () { follow("next"); },
    p: function () { follow("prev"); },
    "/": function () { var search = one("[type=search]"); if (search) { var panel = search.closest("details"); if (panel) panel.open = true; search.focus(); } },
    "?": function () { var help = one("[data-keys-help]"); if (help) { help.open = !help.open; one("summary", help).focus(); } }
  };
  d.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !acts.hasOwnProperty(event.key)) return;
    event.preventDefault();
    acts[event.key]();
  });
})(document);
