// Choosing a province or a city opens what lies in it, without a tap on the button.
for (const select of document.querySelectorAll("[data-opens]")) {
  if (select.name === "district") continue;
  select.addEventListener("change", () => {
    const open = document.createElement("input");
    open.type = "hidden";
    open.name = "do";
    open.value = "open";
    select.form.append(open);
    select.form.submit();
  });
}
