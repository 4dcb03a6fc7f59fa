// WeChat inside a page of the WebView: the bridge that the JS-SDK talks to, over messages with the
// phone around it; the addresses of scripts, pictures and requests, led to where they are shown.
(() => {
  const { person, wechat, hosts } = document.currentScript.dataset;
  const phone = `${location.protocol}//phone.webview.localhost${location.port ? `:${location.port}` : ""}`;
  const born = performance.timeOrigin;
  const [nearest = phone, ...further] = location.ancestorOrigins ?? [];
  if (window.WeixinJSBridge || window.parent === window || nearest !== phone || further.length) return;

  const tell = (kind, content = {}) =>
    window.parent.postMessage({ wechat: kind, href: location.href, born, ...content }, phone);

  // Who this browser says it is.
  const is = (name, value) =>
    Object.defineProperty(Navigator.prototype, name, { get: () => value, configurable: true });
  const agent = "__USER_AGENT__";
  is("userAgent", agent);
  is("appVersion", agent.replace("Mozilla/", ""));
  is("platform", "Linux armv81");

  // Addresses: what is meant by the page, and where the WebView shows it.
  const known = new Set(hosts.split(" "));
  const own = new Set(["open.weixin.qq.com", "mp.weixin.qq.com", "res.wx.qq.com", "res2.wx.qq.com"]);
  const local = new Map();
  const shown = (asked) => {
    if (local.has(String(asked))) return local.get(String(asked));
    let url;
    try { url = new URL(asked, document.baseURI); } catch { return asked; }
    if (!/^https?:$/.test(url.protocol) || url.host === location.host) return asked;
    const rest = url.pathname + url.search + url.hash;
    if (own.has(url.hostname)) {
      return /jweixin-[\w.-]+\.js$/.test(url.pathname) ? "/__wechat__/jweixin.js" : wechat + rest;
    }
    if (!known.has(url.hostname)) return asked;
    const tls = url.protocol === "https:";
    const name = `p${person}--${url.hostname.replaceAll(".", "-")}--${url.port || (tls ? 443 : 80)}`;
    return `http://${name}${tls ? "--s" : ""}.webview.localhost${location.port ? `:${location.port}` : ""}${rest}`;
  };
  const isOutside = (asked) => {
    const url = new URL(asked, document.baseURI);
    return /^https?:$/.test(url.protocol) && !url.hostname.endsWith(".webview.localhost");
  };

  for (const kind of [HTMLImageElement, HTMLScriptElement]) {
    const { get, set } = Object.getOwnPropertyDescriptor(kind.prototype, "src");
    Object.defineProperty(kind.prototype, "src", {
      get, set(value) { set.call(this, shown(value)); }, configurable: true, enumerable: true,
    });
  }
  const request = window.fetch;
  window.fetch = (asked, ...how) =>
    request.call(window, asked instanceof Request ? asked : shown(asked), ...how);
  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, asked, ...how) {
    return open.call(this, method, shown(asked), ...how);
  };
  const beacon = navigator.sendBeacon;
  Navigator.prototype.sendBeacon = function (asked, content) {
    return beacon.call(this, shown(asked), content);
  };
  const leave = (asked) => {
    const there = shown(asked);
    location.assign(isOutside(there) ? `/__wechat__/outside?url=${encodeURIComponent(there)}` : there);
  };
  window.open = (asked) => { if (asked) leave(asked); return null; };
  window.navigation?.addEventListener("navigate", (event) => {
    const asked = event.destination.url;
    if (event.formData || !event.cancelable || !isOutside(asked)) return;
    event.preventDefault();
    leave(asked);
  });
  addEventListener("submit", (event) => {
    const form = event.target;
    const action = form.getAttribute("action") ?? "";
    if (isOutside(action)) form.setAttribute("action", shown(action));
    form.removeAttribute("target");
  }, true);
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    link.removeAttribute("target");
    if (/^(?:tel|sms|mailto|weixin):/.test(link.href)) {
      event.preventDefault();
      tell("scheme", { url: link.href });
    } else if (!window.navigation && isOutside(link.href)) {
      event.preventDefault();
      leave(link.href);
    }
  }, true);

  // The bridge.
  const waiting = new Map();
  const handlers = new Map();
  let calls = 0;
  const plain = (value) => JSON.parse(JSON.stringify(value ?? {}));
  const invoke = (name, asked, answer) => {
    const call = (calls += 1);
    const given = typeof asked === "function" ? {} : plain(asked);
    waiting.set(call, typeof asked === "function" ? asked : answer);
    tell("invoke", { call, name, asked: given });
  };
  const on = (name, handler) => {
    handlers.set(name, handler);
    tell("on", { name });
  };
  const bridge = {
    invoke, on, call: (name, asked) => invoke(name, asked), log: (text) => tell("log", { text: String(text) }),
  };
  Object.defineProperty(window, "WeixinJSBridge", { value: Object.freeze(bridge) });

  addEventListener("message", (event) => {
    if (event.origin !== phone || event.source !== window.parent) return;
    const { wechat: kind, call, name, answer, files = [], urls = [] } = event.data ?? {};
    for (const [id, file] of files) local.set(id, URL.createObjectURL(file));
    if (kind === "answer") {
      const heard = waiting.get(call);
      waiting.delete(call);
      heard?.(answer);
    } else if (kind === "event") {
      handlers.get(name)?.(answer);
    } else if (kind === "admit") {
      admitted = new Set(answer);
      document.querySelectorAll("wx-open-subscribe").forEach((tag) => tag.draw());
    } else if (kind === "bring") {
      urls.forEach(bring);
    } else if (kind === "reload") {
      location.reload();
    }
  });

  // The open tag for subscription notices: shown when the page's signature was good, for a tap.
  let admitted = new Set();
  class Subscribe extends HTMLElement {
    connectedCallback() { setTimeout(() => this.draw()); }

    draw() {
      const part = (wanted) => [...this.querySelectorAll('script[type="text/wxtag-template"],template')]
        .find((each) => (each.slot === "style") === (wanted === "style"));
      const body = part("body");
      if (!admitted.has("wx-open-subscribe") || this.shadowRoot || !body) return;
      const inside = this.attachShadow({ mode: "open" });
      inside.innerHTML = body.innerHTML.trim() ? body.innerHTML : body.textContent;
      const sheet = new CSSStyleSheet();
      const style = (part("style")?.textContent ?? "").replace(/<\/?style[^>]*>/g, "");
      sheet.replaceSync(`:host{display:block;cursor:pointer}${style}`);
      inside.adoptedStyleSheets = [sheet];
      this.onclick = () => this.ask();
    }

    ask() {
      const ids = (this.getAttribute("template") ?? "").split(",").map((id) => id.trim()).filter(Boolean);
      invoke("requestSubscribeMessage", { tmplIds: ids }, (answer) => {
        const isGood = answer.errMsg.endsWith(":ok");
        const detail = isGood
          ? { errMsg: answer.errMsg, subscribeDetails: answer.subscribeDetails }
          : { errMsg: answer.errMsg, errCode: answer.errCode ?? 0 };
        this.dispatchEvent(new CustomEvent(isGood ? "success" : "error", { detail }));
      });
    }
  }
  customElements.define("wx-open-subscribe", Subscribe);

  // What the phone shows of the page: its name, where it is, and the pictures that are pressed.
  const picture = () =>
    document.querySelector('meta[property="og:image"]')?.content
    ?? [...document.images].find((each) => each.naturalWidth >= 120)?.currentSrc ?? "";
  const report = (move) => tell("page", {
    move,
    title: document.title,
    words: document.querySelector('meta[name="description"]')?.content ?? "",
    picture: new URL(picture() || "data:,", document.baseURI).href,
  });
  const bring = async (url) => {
    try {
      const answer = await request.call(window, shown(url));
      tell("picture", { url, file: await answer.blob() });
    } catch {
      tell("picture", { url });
    }
  };
  const pressed = (target) => {
    const found = target.closest?.("img,canvas,svg");
    if (!found) return false;
    if (found instanceof HTMLCanvasElement) {
      found.toBlob((file) => tell("picture", { url: "", file }));
    } else if (found instanceof SVGElement) {
      const drawn = new XMLSerializer().serializeToString(found.closest("svg"));
      tell("picture", { url: "", file: new Blob([drawn], { type: "image/svg+xml" }) });
    } else {
      bring(found.currentSrc || found.src);
    }
    return true;
  };
  let press = 0;
  addEventListener("contextmenu", (event) => { if (pressed(event.target)) event.preventDefault(); });
  addEventListener("touchstart", (event) => {
    press = setTimeout(() => pressed(event.target), 600);
  }, { passive: true });
  for (const end of ["touchend", "touchmove", "touchcancel"]) {
    addEventListener(end, () => clearTimeout(press), { passive: true });
  }
  for (const name of ["pushState", "replaceState"]) {
    const change = history[name];
    history[name] = function (...how) {
      change.apply(this, how);
      report(name === "pushState" ? "push" : "replace");
    };
  }
  const MOVES = { replace: "replace", reload: "replace", traverse: "pop", back_forward: "pop" };
  addEventListener("popstate", () => report("pop"));
  addEventListener("hashchange", () => report("replace"));
  addEventListener("pageshow", (event) => {
    const [visit] = performance.getEntriesByType("navigation");
    const type = window.navigation?.activation?.navigationType ?? visit?.type;
    report(event.persisted ? "pop" : MOVES[type] ?? "push");
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.dispatchEvent(new Event("WeixinJSBridgeReady"));
    const watched = document.querySelector("title");
    if (watched) new MutationObserver(() => report("replace")).observe(watched, { childList: true });
  });
})();
