// A product's choices: shows the price and stock of what is chosen. Without it the server does.
(() => {
  const form = document.getElementById("buy");
  if (!form) return;
  const skus = JSON.parse(form.dataset.skus);
  const radios = [...form.querySelectorAll("[type=radio]")];
  const [price, compare, stock] = ["price", "compare", "stock"].map((id) =>
    document.getElementById(id));
  const quantity = form.elements.quantity;
  const find = (keys) => skus.find((sku) => sku[0].every((key, i) => key === keys[i]));
  const show = () => {
    const chosen = radios.filter((radio) => radio.checked).map((radio) => radio.value);
    for (const radio of radios) {
      const wish = chosen.slice();
      wish[radio.name[1]] = radio.value;
      radio.parentNode.classList.toggle("off", !find(wish)?.[5]);
    }
    const sku = find(chosen);
    if (!sku) return;
    const [, yuan, fen] = price.firstChild.childNodes;
    [, yuan.data, fen.textContent, compare.textContent, stock.textContent] = sku;
    stock.className = "tag " + sku[6];
    quantity.max = sku[5] || 1;
  };
  form.addEventListener("change", show);
  form.addEventListener("click", (event) => {
    const step = +event.target.value;
    if (event.target.type !== "button") return;
    quantity.value = Math.max(1, Math.min(quantity.max, +quantity.value + step));
  });
  form.classList.add("can");
  show();
})();
