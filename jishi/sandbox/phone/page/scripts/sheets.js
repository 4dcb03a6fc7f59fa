// Sheets that come up from below: one at a time, closed by Escape, by a tap outside, or by their own buttons.

import { part } from "./ask.js";
import { dress } from "./dress.js";

const place = document.getElementById("sheets");
const screens = document.getElementById("screens");
const webview = document.getElementById("webview");
let resolve = null;
let before = null;

export const isOpen = () => place.childElementCount > 0;

// Close the sheet; whoever waits for it hears the answer, null when it was put away.
export const close = (answer = null) => {
  const heard = resolve;
  resolve = null;
  place.replaceChildren();
  for (const each of [screens, webview]) each.removeAttribute("inert");
  before?.focus?.();
  heard?.(answer);
};

// Show a sheet; the promise is what it is closed with.
export const open = (content) => {
  const isOver = isOpen();
  const heard = resolve;
  resolve = null;
  if (!isOver) before = document.activeElement;
  place.replaceChildren(...(content.nodeType === Node.DOCUMENT_FRAGMENT_NODE ? content.childNodes : [content]));
  heard?.(null);
  for (const each of [screens, webview]) each.setAttribute("inert", "");
  dress(place);
  place.querySelector("input:not([type=hidden],[type=file],[type=radio],[type=checkbox]),textarea,.button")
    ?.focus({ preventScroll: true });
  return new Promise((done) => { resolve = done; });
};

export const openFrom = async (address) => {
  const content = await part(address);
  return content && open(content);
};

place.addEventListener("click", (event) => {
  if (event.target === place || event.target.closest("[data-dismiss]")) close();
  const answer = event.target.closest("[data-answer]");
  if (answer) close(answer.dataset.answer);
});
addEventListener("keydown", (event) => {
  if (!isOpen()) return;
  if (event.key === "Escape") close();
  if (event.key !== "Tab") return;
  const able = [...place.querySelectorAll("button,input,select,textarea,[tabindex]")]
    .filter((each) => !each.disabled && each.offsetParent && each.type !== "hidden");
  const edge = event.shiftKey ? able[0] : able.at(-1);
  if (document.activeElement === edge) {
    event.preventDefault();
    (event.shiftKey ? able.at(-1) : able[0])?.focus();
  }
});
