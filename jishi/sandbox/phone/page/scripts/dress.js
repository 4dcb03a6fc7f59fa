// What templates cannot say: where pictures are shown, links in words, colours that are given.

import { shown } from "./words.js";

const LINK = /https?:\/\/[^\s<>"'，。；、）)]+/g;

const linkify = (element) => {
  const text = element.textContent;
  if (element.dataset.linkify === "done" || !text.match(LINK)) return;
  element.dataset.linkify = "done";
  let end = 0;
  const parts = [];
  for (const found of text.matchAll(LINK)) {
    const link = document.createElement("button");
    link.className = "link";
    link.dataset.open = found[0];
    link.dataset.entry = "text";
    link.textContent = found[0];
    parts.push(text.slice(end, found.index), link);
    end = found.index + found[0].length;
  }
  element.replaceChildren(...parts, text.slice(end));
};

export const dress = (place) => {
  for (const picture of place.querySelectorAll("img[data-src]:not([src^=http])")) {
    const there = picture.dataset.src.startsWith("/") ? picture.dataset.src : shown(picture.dataset.src);
    picture.addEventListener("error", () => picture.classList.add("broken"), { once: true });
    if (there) picture.src = there;
    else picture.classList.add("broken");
  }
  for (const coloured of place.querySelectorAll("[data-colour]")) {
    coloured.style.color = coloured.dataset.colour;
  }
  place.querySelectorAll("[data-linkify]").forEach(linkify);
};
