// The page's words in the reader's language, and where it is.

const page = document.body.dataset;
export const words = JSON.parse(document.getElementById("spoken").textContent);
export const person = Number(page.person);
export const home = `/phone/people/${person}`;
export const base = page.base;
const known = new Set(page.hosts.split(" "));
const own = /^(?:open|mp)\.weixin\.qq\.com$|^res2?\.wx\.qq\.com$/;
const port = location.port ? `:${location.port}` : "";

export const say = (name, given = {}) =>
  (words[name] ?? name).replace(/\{(\w+)\}/g, (all, key) => given[key] ?? all);

// Where the WebView shows an address; null for one outside the sandbox.
export const shown = (address) => {
  let url;
  try { url = new URL(address); } catch { return null; }
  if (!/^https?:$/.test(url.protocol)) return null;
  const rest = url.pathname + url.search + url.hash;
  if (own.test(url.hostname)) return shown(base + rest);
  if (!known.has(url.hostname)) return null;
  const tls = url.protocol === "https:";
  const name = url.hostname.replaceAll(".", "-");
  const label = `p${person}--${name}--${url.port || (tls ? 443 : 80)}${tls ? "--s" : ""}`;
  return `http://${label}.webview.localhost${port}${rest}`;
};

// What address is meant by one that the WebView shows.
export const meant = (address) => {
  let url;
  try { url = new URL(address); } catch { return address; }
  const found = /^p\d+--([a-z0-9-]+?)--(\d+)(--s)?\.webview\.localhost$/.exec(url.hostname);
  if (!found) return address;
  const host = [...known].find((name) => name.replaceAll(".", "-") === found[1]);
  const scheme = found[3] ? "https" : "http";
  const standard = found[3] ? "443" : "80";
  const tail = found[2] === standard ? "" : `:${found[2]}`;
  return `${scheme}://${host}${tail}${url.pathname}${url.search}${url.hash}`;
};

// The host of an origin that only our own WebView has.
export const isOurs = (origin) => {
  const { hostname, port: there } = new URL(origin);
  return there === location.port && hostname.startsWith(`p${person}--`)
    && hostname.endsWith(".webview.localhost");
};
