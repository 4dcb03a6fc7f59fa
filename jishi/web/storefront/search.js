// Titles while somebody types. Without it the search works all the same.
(() => {
  const box = document.querySelector(".search [type=search]");
  if (!box) return;
  let timer, last = "";
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const typed = box.value.trim();
      if (!typed || typed === last) return;
      last = typed;
      const answer = await fetch("/search/suggestions?q=" + encodeURIComponent(typed));
      if (!answer.ok || typed !== last) return;
      const titles = await answer.json();
      box.list.replaceChildren(...titles.map((title) => new Option(title, title)));
    }, 150);
  });
})();
