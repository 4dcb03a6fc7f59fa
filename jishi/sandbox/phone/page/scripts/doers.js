// How each call of a page is done: by the sandbox's word, by a sheet for the person, or at once.

import { part, send, toast } from "./ask.js";
import { pay } from "./cashier.js";
import { showPictures } from "./pictures.js";
import { open, openFrom } from "./sheets.js";
import { closePage, tell, web } from "./webview.js";
import { scanned } from "./scanner.js";
import { home, person, say } from "./words.js";

const done = (name, more = {}) => ({ answer: { ...more, err_msg: `${name}:ok` } });
const given = (name, answer) => ({ answer: { err_msg: `${name}:${answer}` } });
const kept = new Map();

const judged = async ({ judge }) => {
  const verdict = await judge();
  return { ...verdict, isNoted: Boolean(verdict.answer) };
};

const verify = async (call) => {
  const verdict = await judged(call);
  if (!verdict.trouble && web) {
    web.verified = { appid: call.asked.verifyAppId, apis: call.asked.verifyJsApiList ?? [] };
    tell("admit", { answer: call.asked.verifyOpenTagList ?? [] });
  }
  return verdict;
};

const shareData = (kind) => async (call) => {
  const verdict = await judged(call);
  const { title, desc, link, imgUrl } = call.asked;
  if (!verdict.trouble && web) {
    web.cards[kind] = { title, words: desc ?? "", url: link, picture_url: imgUrl ?? "" };
  }
  return verdict;
};

const oldShare = (kind, name) => ({ asked }) => {
  web.cards[kind] = {
    title: asked.title, words: asked.desc ?? "", url: asked.link, picture_url: asked.img_url ?? "",
  };
  web.heard?.(web.cards[kind]);
  return given(name, "ok");
};

const cashier = async (call) => {
  const verdict = await judged(call);
  if (!verdict.sheet) {
    if (verdict.trouble) open(await part(`${home}/sheets/refused?words=${encodeURIComponent(verdict.trouble)}`));
    return verdict;
  }
  return given("get_brand_wcpay_request", await pay(verdict.sheet));
};

const transfer = async (call) => {
  const verdict = await judged(call);
  if (!verdict.sheet) return verdict;
  if (await openFrom(verdict.sheet) !== "ok") return given(call.name, "cancel");
  const { isDone, said } = await send(verdict.then, verdict.body);
  if (!isDone) toast(said.words ?? said.message ?? said.reason ?? say("failed"));
  return given(call.name, isDone ? "ok" : "fail");
};

const subscribe = async (call) => {
  call.asked.verifyAppId ??= web.verified?.appid ?? "";
  const verdict = await judged(call);
  if (!verdict.sheet) return { ...verdict, answer: { errMsg: verdict.answer.err_msg } };
  const chosen = (await openFrom(verdict.sheet)) ?? [];
  const { tmplIds: ids } = call.asked;
  const rejected = ids.filter((id) => !chosen.includes(id));
  await send(verdict.then, { ...verdict.body, template_ids: chosen, rejected });
  const status = (id) => JSON.stringify({ status: chosen.includes(id) ? "accept" : "reject" });
  const details = Object.fromEntries(ids.map((id) => [id, status(id)]));
  return { answer: { errMsg: "subscribe:ok", subscribeDetails: JSON.stringify(details) } };
};

const allowed = async (what, name, more) =>
  await openFrom(`${home}/sheets/allow?what=${what}`) === "ok" ? done(name, more()) : given(name, "cancel");

const place = ({ name }) => allowed("place", name, () => {
  const { latitude, longitude } = document.body.dataset;
  return { latitude: Number(latitude), longitude: Number(longitude), speed: "0", accuracy: "30" };
});

const address = ({ name }) => allowed("address", name, () => {
  const { city, phone, name: called } = document.body.dataset;
  return {
    userName: called, telNumber: phone, addressPostalCode: "000000", proviceFirstStageName: city,
    addressCitySecondStageName: city, addressCountiesThirdStageName: "", addressDetailInfo: "1",
    nationalCode: "000000",
  };
});

const showPlace = ({ name, asked }) => {
  const query = new URLSearchParams({
    label: asked.name ?? "", words: asked.address ?? "", place: `${asked.latitude},${asked.longitude}`,
  });
  openFrom(`${home}/sheets/place?${query}`);
  return done(name);
};

const scan = async ({ name, asked }) => {
  const content = await part(`${home}/scan`);
  const text = content && await open(content);
  if (!text) return given(name, "cancel");
  if (!Number(asked.needResult)) scanned(text);
  return done(name, { resultStr: Number(asked.needResult) ? text : "" });
};

const choose = async ({ name, asked }) => {
  const files = await openFrom(`${home}/sheets/pictures?count=${Number(asked.count) || 9}`);
  if (!files?.length) return given(name, "cancel");
  const named = [...files].map((file) => [`wxLocalResource://${crypto.randomUUID()}`, file]);
  named.forEach(([id, file]) => kept.set(id, file));
  return { ...done(name, { localIds: JSON.stringify(named.map(([id]) => id)) }), files: named };
};

const localData = async ({ name, asked }) => {
  const file = kept.get(asked.localId);
  if (!file) return given(name, "fail");
  const reader = new FileReader();
  await new Promise((read) => { reader.onload = read; reader.readAsDataURL(file); });
  return done(name, { localData: reader.result });
};

const upload = async (call) => {
  const file = kept.get(call.asked.localId);
  const { isDone, said } = file ? await send("POST /sandbox/photos", file) : {};
  if (!isDone) return given(call.name, "fail");
  call.asked.photo_id = said.photo_id;
  return judged(call);
};

const download = async ({ name, asked }) => {
  const answer = await fetch(`/mmbiz/${encodeURIComponent(asked.serverId)}`);
  if (!answer.ok) return given(name, "fail");
  const named = [[`wxLocalResource://${crypto.randomUUID()}`, await answer.blob()]];
  named.forEach(([id, file]) => kept.set(id, file));
  return { ...done(name, { localId: named[0][0] }), files: named };
};

const hide = (change) => ({ name, asked }) => {
  change(asked.menuList ?? []);
  return done(name);
};
const TOOLS = ["menuItem:share:appMessage", "menuItem:share:timeline", "menuItem:copyUrl", "menuItem:openWithSafari"];

export const doers = {
  preVerifyJSAPI: verify,
  checkJsApi: ({ name, asked }) => done(name, {
    checkResult: JSON.stringify(Object.fromEntries((asked.jsApiList ?? []).map((each) => [each, askable(each)]))),
  }),
  updateAppMessageShareData: shareData("friend"),
  updateTimelineShareData: shareData("timeline"),
  sendAppMessage: oldShare("friend", "send_app_msg"),
  shareTimeline: oldShare("timeline", "share_timeline"),
  getBrandWCPayRequest: cashier,
  requestMerchantTransfer: transfer,
  requestSubscribeMessage: subscribe,
  geoLocation: place,
  editAddress: address,
  openLocation: showPlace,
  scanQRCode: scan,
  chooseImage: choose,
  getLocalImgData: localData,
  uploadImage: upload,
  downloadImage: download,
  imagePreview: ({ name, asked }) => {
    showPictures(asked.urls?.length ? asked.urls : [asked.current], asked.current);
    return done(name);
  },
  getNetworkType: () => ({ answer: { err_msg: "network_type:wifi" } }),
  hideOptionMenu: hide(() => { web.isMenuHidden = true; }),
  showOptionMenu: hide(() => { web.isMenuHidden = false; }),
  hideMenuItems: hide((items) => items.forEach((item) => web.hidden.add(item))),
  showMenuItems: hide((items) => items.forEach((item) => web.hidden.delete(item))),
  hideAllNonBaseMenuItem: hide(() => TOOLS.forEach((item) => web.hidden.add(item))),
  showAllNonBaseMenuItem: hide(() => web.hidden.clear()),
  closeWindow: ({ name }) => {
    setTimeout(closePage);
    return done(name);
  },
};

export const askable = (name) => Object.hasOwn(doers, name);
