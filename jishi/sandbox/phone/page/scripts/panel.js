// Beside the phone: tabs that are shown anew when something happened.

import { part } from "./ask.js";
import { dress } from "./dress.js";
import { renew } from "./screens.js";

const body = document.getElementById("panel");
const tabs = [...document.querySelectorAll("[role=tab]")];
const LIVE = { calls: "exchange", exchanges: "exchange", deliveries: "delivery", clock: "delivery" };
let shown = "";
let query = "";
let asked = 0;

const where = () => `/phone/panel/${shown}${query ? `?${query}` : ""}`;

export const showPanel = async (name) => {
  const [tab] = name.split("/");
  if (name !== shown) query = "";
  // Answers may overtake each other: what was asked for last is what is shown.
  asked += 1;
  const mine = asked;
  const content = await part(`/phone/panel/${name}`);
  if (!content || mine !== asked) return;
  shown = name;
  localStorage.setItem("tab", tab);
  tabs.forEach((each) => {
    const isChosen = each.dataset.tab === tab;
    each.setAttribute("aria-selected", isChosen);
    each.tabIndex = isChosen ? 0 : -1;
  });
  body.setAttribute("aria-labelledby", `tab-${tab}`);
  body.replaceChildren(content);
  body.scrollTop = 0;
  dress(body);
};

export const showAgain = () => showPanel(shown);

// Something changed: what shows it is shown anew.
export const panelNews = (changed) => {
  if (changed.has(LIVE[shown])) renew(where(), body);
};

export const tick = (stamp) => {
  const time = document.querySelector("#big-clock time");
  if (time && time.textContent !== stamp) time.textContent = stamp;
};

body.addEventListener("input", (event) => {
  const form = event.target.closest("[data-filter]");
  if (!form) return;
  query = new URLSearchParams(new FormData(form)).toString();
  renew(where(), body);
});
body.addEventListener("submit", (event) => {
  if (event.target.closest("[data-filter]")) event.preventDefault();
});
tabs.forEach((tab, place) => tab.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = tabs[(place + step + tabs.length) % tabs.length];
  next.focus();
  showPanel(next.dataset.tab);
}));
export const firstTab = () => {
  const kept = localStorage.getItem("tab");
  return tabs.some((each) => each.dataset.tab === kept) ? kept : tabs[0].dataset.tab;
};
