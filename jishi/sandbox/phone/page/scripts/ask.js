// Asking the sandbox: parts of the page to show, and what is to be done.

import { say } from "./words.js";

let hiding = 0;
export const toast = (text) => {
  const place = document.getElementById("toast");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { place.hidden = true; }, 2400);
};

// A part of the page, as elements; null when it is not there.
export const part = async (address) => {
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok) {
    toast(answer ? say("failed") : say("offline"));
    return null;
  }
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  return holder.content;
};

// Have something done; whether it was, and what was said.
export const send = async (what, body) => {
  const [method, address] = what.split(" ");
  const isBlob = body instanceof Blob;
  const answer = await fetch(address, {
    method,
    headers: { "content-type": isBlob ? body.type : "application/json" },
    body: body === undefined ? undefined : isBlob ? body : JSON.stringify(body),
  }).catch(() => null);
  if (!answer) return { isDone: false, said: { words: say("offline") } };
  const said = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  return { isDone: answer.ok && !said.reason, said };
};

// Have something done; what was said, or null after the refusal was shown.
export const ask = async (what, body) => {
  const { isDone, said } = await send(what, body);
  if (isDone) return said;
  toast(say(`why_${said.reason}`) === `why_${said.reason}`
    ? said.words ?? said.message ?? said.reason ?? say("failed") : say(`why_${said.reason}`));
  return null;
};

// What a form says, as JSON: lists, numbers, switches, words and parts of a record.
export const told = (form) => {
  const body = {};
  for (const field of form.elements) {
    const { name, value, dataset } = field;
    if ("splits" in dataset) {
      const texts = value.split("|");
      dataset.splits.split(" ").forEach((key, place) => { body[key] = texts[place]; });
    }
    if (!name || field.disabled || (field.type === "radio" && !field.checked)) continue;
    if ("list" in dataset) {
      body[name] ??= [];
      if (field.type !== "checkbox" || field.checked) body[name].push(Number(value));
    } else if (field.type === "checkbox") {
      body[name] = field.checked;
    } else if ("number" in dataset) {
      body[name] = value === "" ? null : Number(value);
    } else if ("words" in dataset) {
      body[name] = value.split(/\s+/).filter(Boolean);
    } else if (name.includes(".")) {
      const [record, key] = name.split(".");
      body[record] ??= {};
      if (value) body[record][key] = value;
    } else {
      body[name] = value;
    }
  }
  return body;
};
