// Passing something on: to a friend, to a group, to everybody.

import { ask, toast } from "./ask.js";
import { part } from "./ask.js";
import { refresh } from "./screens.js";
import { close, open } from "./sheets.js";
import { meant, person, home, say, shown } from "./words.js";

// What waits for somebody to be chosen: a kind and its content.
let waiting = null;

const drawn = ({ kind, content }) => {
  const box = document.createElement("div");
  box.className = "link-card";
  if (kind === "photo" || content.picture_url) {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = kind === "photo" ? `/phone/photos/${content.photo_id}` : shown(content.picture_url) ?? "";
    picture.addEventListener("error", () => picture.remove());
    box.append(picture);
  }
  const text = document.createElement("span");
  text.textContent = kind === "photo" ? say("picture") : content.title || content.url;
  box.append(text);
  return box;
};

const truly = ({ kind, content }) => kind === "card"
  ? { kind, content: { ...content, url: meant(content.url), picture_url: meant(content.picture_url ?? "") } }
  : { kind, content };

// Choose to whom it goes.
export const offer = async (what) => {
  waiting = truly(what);
  const content = await part(`${home}/sheets/share`);
  if (!content) return false;
  content.getElementById("share-preview").append(drawn(waiting));
  return await open(content) === "shared";
};

// Show it to everybody, with some words.
export const offerMoment = async (what) => {
  waiting = what && truly(what);
  const content = await part(`${home}/sheets/moment`);
  if (!content) return false;
  if (waiting) {
    content.getElementById("attached").append(drawn(waiting));
    content.querySelector(".add-photo").hidden = true;
  }
  return await open(content) === "shared";
};

export const attach = async (file) => {
  const said = await ask("POST /sandbox/photos", file);
  if (!said) return;
  waiting = { kind: "photo", content: { photo_id: said.photo_id } };
  document.getElementById("attached").replaceChildren(drawn(waiting));
};

// Say what waits in a room; false when nothing waits.
export const passOn = async (room) => {
  const what = waiting;
  if (!what) return false;
  waiting = null;
  const said = await ask(`POST /sandbox/rooms/${room}/messages`, { person_id: person, ...what });
  close(said ? "shared" : null);
  if (said) toast(say("shared"));
  refresh();
  return true;
};

export const isWaiting = () => waiting !== null;
export const forget = () => { waiting = null; };

export const shareWithPerson = async (friend) => {
  const room = await ask("POST /sandbox/rooms", { person_ids: [person, friend] });
  if (room) await passOn(room.room_id);
};

export const postMoment = async (text) => {
  const { kind = "text", content = {} } = waiting ?? {};
  const said = await ask("POST /sandbox/moments", { person_id: person, kind, content: { ...content, text } });
  if (!said) return;
  waiting = null;
  close("shared");
  toast(say("posted"));
  refresh();
};
