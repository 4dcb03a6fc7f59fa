// The WebView: a page in a frame, the bar above it, and what it says to the phone.

import { toast } from "./ask.js";
import { answerCall } from "./calls.js";
import { pressed } from "./pictures.js";
import { isOurs, meant, say, shown } from "./words.js";

const place = document.getElementById("webview");
const holder = document.getElementById("frame");
const title = document.getElementById("web-title");
const loading = document.getElementById("loading");
const snapshot = document.getElementById("snapshot");

// The page that is open: where it is, and what it told of itself. None when nothing is open.
export let web = null;

const fresh = () => ({
  listening: new Set(), hidden: new Set(), isMenuHidden: false, verified: null, cards: {},
});

export const tell = (kind, content = {}) => {
  const origin = web && new URL(web.href).origin;
  web?.frame.contentWindow?.postMessage({ wechat: kind, ...content }, origin);
};

// Open a page; `entry` says by what it was opened: a card, a code, a menu, or the text of a link.
export const openPage = (address, entry = "card") => {
  const there = shown(address);
  if (!there) {
    toast(say("not_reachable"));
    return false;
  }
  closePage();
  const frame = document.createElement("iframe");
  frame.src = there;
  frame.title = say("calls");
  frame.allow = "clipboard-write; geolocation";
  web = { frame, href: there, entry, visited: [], born: 0, said: {}, ...fresh() };
  title.textContent = "";
  loading.classList.add("on");
  frame.addEventListener("load", () => loading.classList.remove("on"));
  holder.replaceChildren(frame);
  place.hidden = false;
  snapshot.hidden = !("snapshot" in document.body.dataset);
  frame.focus();
  return true;
};

export const closePage = () => {
  holder.replaceChildren();
  place.hidden = true;
  web = null;
};

export const goBack = () => {
  if (web.visited.length > 1) window.history.back();
  else closePage();
};

export const reload = () => {
  loading.classList.add("on");
  tell("reload");
};

export const trueAddress = () => meant(web.href);

const arrived = ({ move, href, title: name, words, picture }) => {
  const { visited } = web;
  if (move === "push" || visited.length === 0) visited.push(href);
  else if (move === "pop" && visited.length > 1) visited.pop();
  visited[visited.length - 1] = href;
  Object.assign(web, { href, said: { name, words, picture } });
  title.textContent = name || new URL(meant(href)).host;
  web.frame.title = title.textContent;
};

addEventListener("message", (event) => {
  if (!web || event.source !== web.frame.contentWindow || !isOurs(event.origin)) return;
  const { wechat: kind, href = "", name = "", born, asked, call, url, file } = event.data ?? {};
  if (!String(href).startsWith(event.origin)) return;
  if (born !== web.born) Object.assign(web, fresh(), { born, href });
  if (kind === "page") arrived(event.data);
  else if (kind === "on") web.listening.add(name);
  else if (kind === "scheme") toast(say("scheme", { url }));
  else if (kind === "picture") pressed(file, url);
  else if (kind === "invoke") answerCall({ name, asked, call, href });
});
