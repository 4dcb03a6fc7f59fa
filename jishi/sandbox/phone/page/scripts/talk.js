// Saying something in the chat that is open: words, a picture, a place, a tap on the menu.

import { ask } from "./ask.js";
import { current, refresh } from "./screens.js";
import { openPage } from "./webview.js";
import { person } from "./words.js";

const place = () => document.body.dataset;

// Say it in a room, or to an account by one of its deeds.
const utter = async (inRoom, deed, toAccount) => {
  const { room, chat } = current().dataset;
  const said = room
    ? await ask(`POST /sandbox/rooms/${room}/messages`, { person_id: person, ...inRoom })
    : await ask(`POST /sandbox/deeds/${deed}`, { person_id: person, appid: chat, ...toAccount });
  await refresh();
  const end = current().querySelector("[data-end]");
  if (end) end.scrollTop = end.scrollHeight;
  return said;
};

export const sayText = (text) => utter({ kind: "text", content: { text } }, "say", { text });

export const sayPhoto = async (file) => {
  const kept = await ask("POST /sandbox/photos", file);
  if (!kept) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const picture = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  await utter({ kind: "photo", content: { photo_id: kept.photo_id } }, "picture", { picture });
};

export const sayPlace = () => {
  const { latitude, longitude, city } = place();
  const where = `${latitude},${longitude}`;
  return utter({ kind: "place", content: { place: where, label: city } }, "place", { latitude, longitude, label: city });
};

export const tapMenu = async (button) => {
  const { chat } = current().dataset;
  const found = await ask("POST /sandbox/deeds/menu", { person_id: person, appid: chat, button: button.dataset.tap });
  if (found?.url) openPage(found.url, "menu");
  await refresh();
};
