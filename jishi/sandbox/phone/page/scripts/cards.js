// The card under which the page that is open is passed on.

import { toast } from "./ask.js";
import { tell, trueAddress, web } from "./webview.js";
import { meant, say } from "./words.js";

const PATIENCE = 1500;
const EVENTS = { friend: "menu:share:appmessage", timeline: "menu:share:timeline" };

const plain = () => ({
  title: web.said.name || trueAddress(),
  words: web.said.words ?? "",
  url: trueAddress(),
  picture_url: /^https?:/.test(web.said.picture ?? "") ? web.said.picture : "",
});

// Give the page's card: as it asked for, or what can be seen of it.
export const cardOf = async (way) => {
  const source = new URL(trueAddress()).host;
  if (web.entry === "text") {
    toast(say("bare"));
    return { title: web.said.name ?? "", words: "", url: trueAddress(), picture_url: "", source };
  }
  const set = () => ({ ...plain(), ...web.cards[way], source });
  if (!web.listening.has(EVENTS[way])) return set();
  const heard = new Promise((hear) => { web.heard = hear; });
  tell("event", { name: EVENTS[way], answer: { scene: way, shareTo: way } });
  const card = await Promise.race([heard, new Promise((wait) => { setTimeout(wait, PATIENCE); })]);
  return card ? { ...plain(), ...card, url: meant(card.url), source } : set();
};
