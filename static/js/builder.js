// The page to fill a box, form[data-builder=slots]: full boxes take no more, a picture adds one.
const form = document.querySelector("form[data-builder]");

function numbers() {
  return [...form.querySelectorAll("[data-pick] input[type=number]")];
}

function follow() {
  const slots = Number(form.dataset.builder);
  const filled = numbers().reduce((sum, input) => sum + Number(input.value || 0), 0);
  for (const input of numbers()) {
    const pick = input.closest("[data-pick]");
    const here = Number(input.value || 0);
    pick.classList.toggle("is-picked", here > 0);
    pick.querySelector("[data-step='-1']").disabled = here === 0;
    pick.querySelector("[data-step='1']").disabled = filled >= slots;
  }
}

if (form && Number(form.dataset.builder)) {
  form.addEventListener("change", follow);
  // The picture is a large thumb target for the same plus.
  form.addEventListener("click", (event) => {
    if (!event.target.closest(".pick__picture")) return;
    event.target.closest("[data-pick]").querySelector("[data-step='1']:not(:disabled)")?.click();
  });
  follow();
}
