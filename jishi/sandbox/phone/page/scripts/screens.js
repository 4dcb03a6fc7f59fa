// The phone's screens: one over the other, the parts that live shown anew when something is new.

import { part } from "./ask.js";
import { dress } from "./dress.js";
import { home } from "./words.js";

const place = document.getElementById("screens");
const stack = [];

const remember = () => {
  const [top] = stack.slice(-1);
  const hash = `#${top.address.replace(home, "")}`;
  if (location.hash !== hash) window.history.replaceState(null, "", hash);
};

const settle = (screen) => {
  dress(screen);
  screen.querySelectorAll("[data-end]").forEach((end) => { end.scrollTop = end.scrollHeight; });
};

const put = (content, address, way) => {
  const screen = content.querySelector(".screen");
  stack.slice(-1)[0]?.screen.setAttribute("inert", "");
  screen.classList.add(way);
  place.append(screen);
  stack.push({ address, screen });
  settle(screen);
  if (way !== "still") screen.addEventListener("animationend", () => screen.classList.remove(way), { once: true });
  remember();
};

export const current = () => stack.slice(-1)[0]?.screen;
export const address = () => stack.slice(-1)[0]?.address ?? "";

// Show a screen over the one that is shown.
export const go = async (where) => {
  const content = await part(where);
  if (content) put(content, where, "coming");
};

// Show one of the four first screens, under which there is none.
export const root = async (name) => {
  const content = await part(`${home}/${name}`);
  if (!content) return;
  stack.splice(0).forEach(({ screen }) => screen.remove());
  put(content, `${home}/${name}`, "still");
};

export const back = () => {
  if (stack.length < 2) return root("chats");
  const { screen } = stack.pop();
  screen.classList.add("going");
  screen.addEventListener("animationend", () => screen.remove(), { once: true });
  setTimeout(() => screen.remove(), 400);
  current().removeAttribute("inert");
  remember();
  return refresh();
};

// Show anew what lives on a screen: what is typed, chosen and scrolled stays.
export const renew = async (where, screen) => {
  const content = await part(where);
  if (!content) return;
  for (const fresh of content.querySelectorAll("[data-live]")) {
    const old = screen.querySelector(`#${fresh.id}`);
    if (!old || old.innerHTML === fresh.innerHTML) continue;
    const isAtEnd = old.scrollHeight - old.scrollTop - old.clientHeight < 60;
    const open = [...old.querySelectorAll("details[open]")].map((each) => each.id);
    old.replaceChildren(...fresh.childNodes);
    open.forEach((id) => id && old.querySelector(`#${id}`)?.setAttribute("open", ""));
    dress(old);
    if ("end" in old.dataset && isAtEnd) old.scrollTop = old.scrollHeight;
  }
  const [bar, fresh] = [screen, content].map((each) => each.querySelector(".tabs"));
  if (bar && fresh && bar.innerHTML !== fresh.innerHTML) bar.innerHTML = fresh.innerHTML;
};

export const refresh = () => renew(address(), current());

// Begin where the address says, or at the list of chats.
export const begin = async () => {
  const wanted = location.hash.slice(1);
  const first = /^\/(contacts|discover|me)$/.exec(wanted)?.[1] ?? "chats";
  await root(first);
  if (/^\/(?:chats\/|accounts|moments|scan)/.test(wanted)) await go(home + wanted);
};
