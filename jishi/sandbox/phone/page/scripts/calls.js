// What a page asks of WeChat, and WeChat's answer.

import { send, toast } from "./ask.js";
import { askable, doers } from "./doers.js";
import { person, meant, say } from "./words.js";
import { tell, web } from "./webview.js";

// Open to every page; the rest only to pages whose signature was good and that asked for it.
const FREE = new Set([
  "preVerifyJSAPI", "checkJsApi", "getBrandWCPayRequest", "requestMerchantTransfer", "closeWindow",
  "hideOptionMenu", "showOptionMenu", "getNetworkType", "imagePreview", "requestSubscribeMessage",
  "sendAppMessage", "shareTimeline",
]);
const strip = document.getElementById("strip");

const objection = (name) => {
  if (!askable(name)) return "system:function_not_exist";
  if (FREE.has(name)) return "";
  if (!web.verified) return `${name}:fail, the permission value is offline verifying`;
  return web.verified.apis.includes(name) ? "" : `${name}:permission denied`;
};

const show = (name, said, trouble) => {
  strip.hidden = false;
  strip.classList.toggle("bad", Boolean(trouble));
  strip.replaceChildren(...[["code", name], ["span", trouble || said]].map(([tag, text]) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  }));
};

// Tell the page the answer, and the inspector what was said.
const finish = ({ name, asked, call, href, born }, answer, { files, trouble = "", isNoted = false } = {}) => {
  const said = answer.err_msg ?? answer.errMsg ?? "";
  if (REPORTED.has(name)) reportUntil = performance.now() + REPORT_MS;
  show(name, said, trouble);
  if (!isNoted) {
    send("POST /sandbox/page-calls/notes", {
      person_id: person, name, asked, answer, page: meant(href), trouble,
    });
  }
  if (web?.born === born) tell("answer", { call, answer, files });
};

// The SDK asks for the network after `wx.config` and `wx.chooseWXPay`, for a report of its own.
const REPORTED = new Set(["preVerifyJSAPI", "getBrandWCPayRequest"]);
const REPORT_MS = 500;
let reportUntil = 0;
const isReport = (name) => name === "getNetworkType" && performance.now() < reportUntil;

// Answer one call of the page that is open.
export const answerCall = async (told) => {
  const call = { ...told, born: web.born };
  const { name, asked, href } = call;
  if (isReport(name)) return tell("answer", { call: call.call, answer: doers[name]().answer });
  if (name === "getBrandWCPayRequest") reportUntil = performance.now() + REPORT_MS;
  const refused = objection(name);
  if (refused) return finish(call, { err_msg: refused }, { trouble: refused });
  const judge = async () => {
    const { isDone, said } = await send("POST /sandbox/page-calls", {
      person_id: person, name, asked, page: meant(href), shown: href.split("#")[0],
    });
    if (!isDone) toast(said.words ?? said.message ?? say("failed"));
    return isDone ? said : { answer: { err_msg: `${name}:fail` }, trouble: say("failed") };
  };
  const { answer, ...how } = await doers[name]({ ...call, judge });
  return finish(call, answer, how);
};
