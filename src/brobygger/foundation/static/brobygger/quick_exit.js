// Quick exit: a press on "Forlad siden" or Esc three times. The page is replaced at once; clearing goes on behind.
// Loaded before the page is drawn, so that Back to a page one has left shows nothing of it.
(() => {
  "use strict";
  const elsewhere = document.currentScript.dataset.to;
  const LEFT = "left"; // in this tab only, and says nothing about what was left
  const IN_A_ROW = 1500; // milliseconds between two presses of Esc

  const kept = (act) => { try { return act(sessionStorage); } catch { return null; } };
  const go = () => {
    document.documentElement.hidden = true;
    document.title = "…";
    location.replace(elsewhere);
  };
  const cameBack = () => performance.getEntriesByType("navigation")[0]?.type === "back_forward";

  if (kept((tab) => tab.getItem(LEFT))) {
    if (cameBack()) go();
    else kept((tab) => tab.removeItem(LEFT));
  }
  addEventListener("pageshow", (event) => {
    if (event.persisted && kept((tab) => tab.getItem(LEFT))) go();
  });

  const leave = () => {
    const form = document.querySelector("form[data-quick-exit]");
    if (form) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
    kept((tab) => { tab.clear(); tab.setItem(LEFT, "1"); });
    go();
  };
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-quick-exit]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave();
  }, { capture: true });

  let presses = 0;
  let last = -IN_A_ROW;
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { presses = 0; return; }
    if (event.repeat) return; // a key held down is one press
    presses = event.timeStamp - last < IN_A_ROW ? presses + 1 : 1;
    last = event.timeStamp;
    if (presses === 3) leave();
  }, { capture: true });
})();
