// What happens when a code was read: an account, a page, a payment, or only words.

import { ask, part, toast } from "./ask.js";
import { pay } from "./cashier.js";
import { go } from "./screens.js";
import { close, isOpen, open } from "./sheets.js";
import { closePage, openPage } from "./webview.js";
import { home, person, say } from "./words.js";

// Do what a code says.
export const scanned = async (text) => {
  // A page opened the scanner: it hears what was read, and does with it what it likes.
  if (isOpen()) return close(text);
  const found = await ask("POST /sandbox/deeds/scan", { person_id: person, text, will_follow: false });
  if (!found) return;
  const { kind, appid } = found;
  if (kind === "url") {
    openPage(text, "code");
  } else if (kind === "payment") {
    await pay(`${home}/sheets/cashier?code_url=${encodeURIComponent(text)}`);
  } else if (kind === "account") {
    closePage();
    const ticket = encodeURIComponent(found.ticket);
    await go(found.is_following ? `${home}/chats/${appid}` : `${home}/accounts/${appid}?ticket=${ticket}`);
  } else if (kind === "program") {
    toast(say("program"));
  } else {
    open(await part(`${home}/sheets/words?words=${encodeURIComponent(text)}&kind=${kind}`));
  }
};
