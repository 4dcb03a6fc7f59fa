"""The pages of the test's shop: plain, but fit to be seen."""

STYLE = """
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;font:16px/1.55 system-ui,"PingFang SC","Noto Sans CJK SC",sans-serif;background:#f3f1ec;
color:#26231e}
img{display:block;width:100%}
h1{font-size:20px;margin:0}
main{padding:14px 16px 90px;background:#fff}
p{margin:8px 0;color:#7a7267}
.price{color:#c4402f;font-size:28px;font-weight:700;margin:0}
.price small{font-size:16px}
.tags{display:flex;gap:6px;margin:10px 0}
.tags span{padding:2px 9px;border-radius:6px;background:#eaf3ec;color:#0b6b3a;font-size:12px}
.card{margin:10px;padding:14px 16px;border-radius:12px;background:#fff}
.bar{position:fixed;left:0;right:0;bottom:0;display:flex;gap:10px;padding:10px 14px 30px;background:#fff;
border-top:1px solid #0001}
button,.button{flex:1;padding:12px;border:0;border-radius:10px;background:#018942;color:#fff;
font:600 16px/1.3 system-ui,"Noto Sans CJK SC",sans-serif;text-align:center;text-decoration:none}
button.plain{background:#ece8e0;color:#26231e}
#log{font:12px/1.6 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere;color:#5b554b}
@media(prefers-color-scheme:dark){body{background:#0e0f0f;color:#ddd}main,.card,.bar{background:#191919}
button.plain{background:#333;color:#ddd}p{color:#999}.tags span{background:#12301f;color:#5ccb8f}}
"""
SDK = '<script src="https://res.wx.qq.com/open/js/jweixin-1.6.0.js"></script>'
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title><meta name="description" content="明前采，手工炒，一芽一叶。">
<style>{style}</style>{head}</head><body>{body}</body></html>"""
PRODUCT = """
<img src="/picture.webp" alt="龙井茶" width="375" height="375">
<main><p class="price"><small>¥</small>128<small>.00</small></p>
<h1>明前龙井 250 克</h1>
<div class="tags"><span>有货</span><span>次日发出</span><span>七天可退</span></div>
<p>明前采，手工炒，一芽一叶。产自龙井村的老茶树，今年清明前两天下的山。</p></main>
<div class="card"><b>山里人家</b><p>杭州 · 茶农直发</p></div>
<div class="bar"><button class="plain" id="share">海报</button><button id="buy">立即购买</button></div>
<script>
const wish = {config};
wx.config(wish);
wx.ready(() => {{
  document.body.dataset.ready = "yes";
  const card = {{title: "明前龙井 250 克", desc: "明前采，手工炒，一芽一叶。", link: "{link}",
    imgUrl: "{base}/picture.webp", success: () => {{ document.body.dataset.card = "set"; }},
    fail: (said) => {{ document.body.dataset.card = said.errMsg; }}}};
  wx.updateAppMessageShareData(card);
  wx.updateTimelineShareData({{...card, title: "明前龙井，今年的新茶"}});
}});
wx.error((said) => {{ document.body.dataset.error = said.errMsg; }});
document.getElementById("share").onclick = () => {{ location.href = "/poster"; }};
document.getElementById("buy").onclick = async () => {{
  const answer = await fetch("{base}/orders", {{method: "POST"}});
  const order = await answer.json();
  if (order.login) {{ location.href = order.login; return; }}
  wx.chooseWXPay({{...order.payment,
    success: () => {{ location.href = "/orders/" + order.number; }},
    cancel: () => {{ document.body.dataset.paid = "cancel"; }},
    fail: (said) => {{ document.body.dataset.paid = said.errMsg; }}}});
}};
</script>"""
ORDER = """
<main><h1>付款成功</h1><p>我们今天就发货，请在服务号里等消息。</p></main>
<div class="card"><b>明前龙井 250 克</b><p>订单 {number}</p><p class="price"><small>¥</small>128<small>.00</small></p></div>
"""
POSTER = """
<main style="padding:22px"><div style="border-radius:18px;overflow:hidden;background:#f7f3ea;color:#26231e">
<img src="/picture.webp" alt=""><div style="display:flex;gap:14px;align-items:center;padding:16px">
<div style="flex:1"><b>明前龙井 250 克</b><p style="margin:0">长按识别，到店看看</p></div></div></div>
<p>长按海报保存或识别：</p><img id="poster" src="/poster.png" alt="海报" style="width:220px;margin:auto"></main>
"""
WORKSHOP = """
<main><h1>工具间</h1><p id="state">等待</p><div id="log"></div>
<button id="scan">扫一扫</button> <button id="place">位置</button> <button id="address">地址</button>
<button id="hide">藏菜单</button> <button id="hideall">全藏</button> <button id="choose">选图</button>
<button id="preview">预览</button> <button id="close">关闭</button> <button id="network">网络</button>
<button id="check">接口</button> <button id="secret">未申请的</button>
<wx-open-subscribe template="{notice}" id="notice">
<script type="text/wxtag-template" slot="style"><style>.b{{padding:12px;background:#018942;color:#fff}}</style></script>
<script type="text/wxtag-template"><div class="b">订阅发货通知</div></script></wx-open-subscribe></main>
<script>
const log = (said) => {{ document.getElementById("log").textContent += JSON.stringify(said) + "\\n"; }};
wx.config({config});
wx.ready(() => {{ document.getElementById("state").textContent += " ready"; }});
wx.error((said) => {{ document.getElementById("state").textContent += " " + said.errMsg; }});
const on = (id, act) => {{ document.getElementById(id).onclick = act; }};
const heard = {{success: log, fail: log, cancel: log}};
on("scan", () => wx.scanQRCode({{needResult: 1, ...heard}}));
on("place", () => wx.getLocation(heard));
on("address", () => wx.openAddress(heard));
on("hide", () => wx.hideMenuItems({{menuList: ["menuItem:share:timeline", "menuItem:copyUrl"], ...heard}}));
on("hideall", () => wx.hideOptionMenu());
on("choose", () => wx.chooseImage({{...heard, success: (said) => {{
  log(said); const shown = new Image(); shown.id = "chosen"; shown.src = said.localIds[0];
  document.querySelector("main").append(shown); }}}}));
on("preview", () => wx.previewImage({{current: "{base}/poster.png", urls: ["{base}/poster.png"]}}));
on("close", () => wx.closeWindow());
on("network", () => wx.getNetworkType(heard));
on("check", () => wx.checkJsApi({{jsApiList: ["chooseWXPay", "startRecord"], ...heard}}));
on("secret", () => wx.openLocation({{latitude: 30, longitude: 120, ...heard}}));
document.getElementById("notice").addEventListener("success", (event) => log(event.detail));
document.getElementById("notice").addEventListener("error", (event) => log(event.detail));
</script>"""


def page(title: str, body: str, *, has_sdk: bool = True) -> str:
    """Write a page."""
    return PAGE.format(title=title, style=STYLE, head=SDK if has_sdk else "", body=body)
