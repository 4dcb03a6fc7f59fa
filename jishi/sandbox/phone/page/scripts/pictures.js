// Pictures: seen large, pressed for what can be done with them, searched for codes.

import { ask, toast } from "./ask.js";
import { readCode } from "./codes.js";
import { scanned } from "./scanner.js";
import { offer, offerMoment } from "./sharing.js";
import { close, open } from "./sheets.js";
import { tell } from "./webview.js";
import { say, shown } from "./words.js";

const button = (text, act) => {
  const made = document.createElement("button");
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
};

const keep = async (file) => {
  const said = await ask("POST /sandbox/photos", file);
  return said && { kind: "photo", content: { photo_id: said.photo_id } };
};

const download = (file) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `wechat-${Date.now()}.${file.type.split("/")[1]?.replace(/\+.*/, "") ?? "png"}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  toast(say("saved"));
};

// Somebody pressed a picture: what can be done with it.
export const pressed = async (file, url) => {
  if (!file) {
    toast(say("no_picture"));
    return;
  }
  const text = await readCode(file);
  const sheet = document.createElement("div");
  sheet.className = "sheet actions";
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-label", say("picture"));
  const action = (name, act) => sheet.append(button(say(name), () => { close(); act(); }));
  const after = (act) => async () => {
    const made = await keep(file);
    if (made) act(made);
  };
  // A code for paying is not recognised in a picture that is pressed: it must be scanned.
  if (text && !text.startsWith("weixin://")) action("recognise", () => scanned(text));
  action("send_picture", after(offer));
  action("post_picture", after(offerMoment));
  action("save_picture", () => download(file));
  const cancel = button(say("close"), () => close());
  cancel.className = "cancel";
  sheet.append(cancel);
  open(sheet);
};

// Show pictures large, beginning with one of them; a long press leads to what can be done.
export const showPictures = (urls, first) => {
  const viewer = document.createElement("div");
  viewer.className = "viewer";
  viewer.setAttribute("role", "dialog");
  viewer.setAttribute("aria-label", say("picture"));
  const away = button(say("close"), () => {});
  away.dataset.dismiss = "";
  away.className = "viewer-close";
  const roll = document.createElement("div");
  roll.className = "viewer-roll";
  for (const url of urls) {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = url.startsWith("/") || url.startsWith("blob:") ? url : shown(url) ?? "";
    const more = async () => {
      if (!url.startsWith("/")) tell("bring", { urls: [url] });
      else pressed(await (await fetch(url)).blob(), url);
    };
    picture.addEventListener("contextmenu", (event) => { event.preventDefault(); more(); });
    let press = 0;
    picture.addEventListener("pointerdown", () => { press = setTimeout(more, 600); });
    for (const end of ["pointerup", "pointermove", "pointercancel"]) {
      picture.addEventListener(end, () => clearTimeout(press));
    }
    const opener = button("…", more);
    opener.className = "viewer-more";
    opener.setAttribute("aria-label", say("recognise"));
    const page = document.createElement("figure");
    page.append(picture, opener);
    roll.append(page);
    if (url === first) requestAnimationFrame(() => page.scrollIntoView());
  }
  viewer.append(roll, away);
  open(viewer);
};
