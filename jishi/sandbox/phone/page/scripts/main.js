// The phone page: what a tap means, and looking every second for what is new.

import { ask, part, toast, told } from "./ask.js";
import { cardOf } from "./cards.js";
import { readCode } from "./codes.js";
import { firstTab, panelNews, showAgain, showPanel, tick } from "./panel.js";
import { showPictures } from "./pictures.js";
import { scanned } from "./scanner.js";
import { address, back, begin, current, go, refresh, root } from "./screens.js";
import * as sharing from "./sharing.js";
import * as sheets from "./sheets.js";
import { sayPhoto, sayPlace, sayText, tapMenu } from "./talk.js";
import * as webview from "./webview.js";
import { home, person, say } from "./words.js";

const EVERY = 1000;
const banner = document.getElementById("banner");

// What follows when something was done: `data-then` of what asked for it.
const then = async (way, said) => {
  const [name, where] = (way ?? "refresh").split(" ");
  if (name === "person") {
    location.assign(`/phone/people/${said.person_id}`);
  } else if (name === "reload") {
    location.reload();
  } else if (name === "panel") {
    showAgain();
  } else if (name === "room") {
    if (await sharing.passOn(said.room_id)) return;
    if (sheets.isOpen()) sheets.close();
    go(`${home}/chats/room-${said.room_id}`);
  } else if (name === "chat") {
    await back();
    go(where);
  } else if (name === "closed") {
    sheets.close();
    toast(say(where));
  } else {
    refresh();
  }
};

const web = {
  back: webview.goBack,
  close: webview.closePage,
  reload: () => { sheets.close(); webview.reload(); },
  more: async () => {
    const content = await part(`${home}/sheets/more`);
    if (!content) return;
    const { hidden, isMenuHidden } = webview.web;
    content.getElementById("more-from").textContent = say("from", { host: new URL(webview.trueAddress()).host });
    content.querySelectorAll("[data-item]").forEach((each) => {
      each.hidden = isMenuHidden || hidden.has(each.dataset.item);
    });
    sheets.open(content);
  },
  copy: () => copy(webview.trueAddress()),
  out: () => { window.open(webview.trueAddress(), "_blank", "noopener"); sheets.close(); },
  full: async () => {
    await ask(`PUT /sandbox/people/${person}`, { is_snapshot: false });
    delete document.body.dataset.snapshot;
    webview.openPage(webview.trueAddress(), webview.web.entry);
  },
};

const copy = async (text) => {
  await navigator.clipboard?.writeText(text).catch(() => {});
  sheets.close();
  toast(say("copied"));
};

const share = async (way) => {
  const content = await cardOf(way);
  if (way === "timeline") await sharing.offerMoment({ kind: "card", content });
  else await sharing.offer({ kind: "card", content });
};

const menu = (button) => {
  const list = button.nextElementSibling;
  const isShown = list.hidden;
  document.querySelectorAll(".menu-list").forEach((each) => { each.hidden = true; });
  document.querySelectorAll("[data-menu]").forEach((each) => each.setAttribute("aria-expanded", false));
  list.hidden = !isShown;
  button.setAttribute("aria-expanded", isShown);
};

// What a tap does, by the name of its data attribute; the first that is there.
const TAPS = {
  back: () => back(),
  root: (name) => root(name),
  go: (where) => { if (sheets.isOpen()) sheets.close(); webview.closePage(); return go(where); },
  sheet: (where) => sheets.openFrom(where),
  open: (where, { entry }) => webview.openPage(where, entry),
  ask: async (what, { body, then: way }) => {
    const said = await ask(what, body && JSON.parse(body));
    if (said) await then(way, said);
  },
  tab: (name) => showPanel(name),
  panel: (name) => showPanel(name),
  web: (name) => web[name](),
  share: (way) => share(way),
  shareRoom: (name) => sharing.passOn(name.replace("room-", "")),
  sharePerson: (friend) => sharing.shareWithPerson(Number(friend)),
  copy: (text) => copy(text),
  photo: (where) => showPictures([where], where),
  program: () => toast(say("program")),
  scanText: (text) => scanned(text),
  say: (text) => sayText(text),
  menu: (_, __, button) => menu(button),
  tap: (_, __, button) => tapMenu(button),
  sendPlace: () => sayPlace(),
  toggle: (name, _, button) => button.closest(".composer").classList.toggle(name),
  refuse: () => sheets.close([]),
};
const CHOICE = Object.keys(TAPS).map((name) => `[data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}]`).join();

addEventListener("click", (event) => {
  const found = event.target.closest(CHOICE);
  if (!found || !("menu" in found.dataset)) {
    document.querySelectorAll(".menu-list").forEach((each) => { each.hidden = true; });
  }
  if (!found || found instanceof HTMLFormElement) return;
  event.preventDefault();
  const name = Object.keys(TAPS).find((each) => each in found.dataset);
  TAPS[name](found.dataset[name], found.dataset, found);
});

addEventListener("submit", async (event) => {
  const form = event.target;
  const { dataset } = form;
  event.preventDefault();
  const text = () => form.elements.text?.value.trim() ?? "";
  if ("ask" in dataset) {
    const said = await ask(dataset.ask, told(form));
    if (said) await then(dataset.then, said);
  } else if ("openForm" in dataset) {
    webview.openPage(form.elements.url.value.trim(), "text");
  } else if ("goForm" in dataset) {
    await back();
    go(`${dataset.goForm}?${new URLSearchParams(new FormData(form))}`);
  } else if ("sayForm" in dataset && text()) {
    if (await sayText(text())) form.reset();
  } else if ("scanForm" in dataset && text()) {
    scanned(text());
  } else if ("moment" in dataset && (text() || sharing.isWaiting())) {
    sharing.postMoment(text());
  } else if ("notices" in dataset) {
    sheets.close([...form.querySelectorAll("[name=template]:checked")].map((each) => each.value));
  }
});

addEventListener("change", async (event) => {
  const { target } = event;
  const [file] = target.files ?? [];
  if ("submit" in target.dataset) target.form.requestSubmit();
  if (!file) return;
  if ("scanFile" in target.dataset) {
    const text = await readCode(file);
    if (text) scanned(text);
    else toast(say("no_code"));
  } else if ("sendPhoto" in target.dataset) {
    await sayPhoto(file);
  } else if ("attach" in target.dataset) {
    await sharing.attach(file);
  } else if ("pictures" in target.dataset) {
    sheets.close([...target.files]);
  }
  target.value = "";
});

// What is new, every second while somebody looks.
let before = null;
const announce = ({ chat, message_id: id, name, line }) => {
  if (current()?.dataset.chat === chat && !webview.web) return;
  if (before.latest?.message_id === id && before.latest?.chat === chat) return;
  banner.replaceChildren(...[["b", name], ["span", line]].map(([tag, text]) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }));
  banner.dataset.go = `${home}/chats/${chat}`;
  banner.hidden = false;
  clearTimeout(announce.hiding);
  announce.hiding = setTimeout(() => { banner.hidden = true; }, 4000);
};

const look = async () => {
  if (document.hidden && before) return;
  const answer = await fetch(`${home}/news`).catch(() => null);
  if (!answer?.ok) return;
  const news = await answer.json();
  document.getElementById("clock").textContent = news.clock;
  tick(news.stamp);
  if (before) {
    const changed = new Set(Object.keys(news).filter((key) => news[key] !== before[key]));
    if (changed.has("talk") || changed.has("unread") || (changed.has("moment") && address().endsWith("/moments"))) await refresh();
    panelNews(changed);
    if (news.latest) announce(news.latest);
  }
  before = news;
};
const keepLooking = async () => {
  await look();
  setTimeout(keepLooking, EVERY);
};

// What is said while the first page is on its way is news too.
await look();
await Promise.all([begin(), showPanel(firstTab())]);
document.querySelector(".who.on")?.scrollIntoView({ block: "nearest" });
document.body.classList.add("ready");
keepLooking();
