// Opens WeChat's own sheet, and asks how it went. Without it the page's other ways serve.
(() => {
  const button = document.getElementById("sheet");
  if (!button) return;
  const open = () =>
    window.WeixinJSBridge.invoke("getBrandWCPayRequest", JSON.parse(button.dataset.sheet),
      (answer) => {
        if (answer.err_msg === "get_brand_wcpay_request:ok")
          document.getElementById("inquiry").requestSubmit();
      });
  button.addEventListener("click", () => {
    if (window.WeixinJSBridge) open();
    else document.addEventListener("WeixinJSBridgeReady", open, { once: true });
  });
})();
