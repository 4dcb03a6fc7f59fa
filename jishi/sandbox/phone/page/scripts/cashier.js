// The cashier: what is to be paid, six digits, and whether it was.

import { part, send } from "./ask.js";
import { close, open } from "./sheets.js";
import { person, say } from "./words.js";

const DIGITS = 6;

const wire = (form) => {
  const step = (name) => form.querySelectorAll("[data-step]").forEach((each) => {
    each.hidden = each.dataset.step !== name;
  });
  const input = form.querySelector("#digits");
  const dots = form.querySelectorAll(".dots i");
  const why = form.querySelector("#why-not");
  let isBusy = false;
  const drawn = () => dots.forEach((dot, place) => dot.classList.toggle("on", place < input.value.length));
  const settle = async () => {
    isBusy = true;
    const { isDone, said } = await send("POST /sandbox/payments", {
      prepay_id: form.dataset.prepay, person_id: person, password: input.value,
    });
    isBusy = false;
    input.value = "";
    drawn();
    if (isDone) {
      form.dataset.paid = "yes";
      step("paid");
      form.querySelector("[data-paid]").focus();
      return;
    }
    const known = say(`why_${said.reason}`);
    why.textContent = known.startsWith("why_") ? said.words ?? said.message ?? say("failed") : known;
    form.querySelector(".dots").classList.add("wrong");
  };
  const typed = () => {
    input.value = input.value.replace(/\D/g, "").slice(0, DIGITS);
    form.querySelector(".dots").classList.remove("wrong");
    why.textContent = "";
    drawn();
    if (input.value.length === DIGITS && !isBusy) settle();
  };
  input.addEventListener("input", typed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const { digit } = event.target.closest("[data-digit]")?.dataset ?? {};
    if (event.target.closest("[data-pay]")) {
      step("password");
      input.focus();
    } else if (event.target.closest("[data-paid]")) {
      close("ok");
    } else if (digit && !isBusy) {
      input.value = digit === "-" ? input.value.slice(0, -1) : input.value + digit;
      typed();
      input.focus();
    }
  });
};

// Show a bill; "ok" when it was paid, else "cancel".
export const pay = async (address) => {
  const content = await part(address);
  const form = content?.querySelector("[data-cashier]");
  if (!form) {
    if (content) await open(content);
    return "fail";
  }
  wire(form);
  await open(content);
  return form.dataset.paid ? "ok" : "cancel";
};
