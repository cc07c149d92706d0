// Minus and plus beside a number: [data-stepper] holds an input and buttons [data-step].
export function attachSteppers(root) {
  for (const stepper of root.querySelectorAll("[data-stepper]:not([data-attached])")) {
    stepper.dataset.attached = "";
    const input = stepper.querySelector("input");
    stepper.addEventListener("click", (event) => {
      const step = event.target.closest("[data-step]");
      if (!step) return;
      const least = Number(input.min || 0);
      const most = Number(input.max || Infinity);
      const next = Math.min(most, Math.max(least, Number(input.value || 0) + Number(step.dataset.step)));
      if (String(next) === input.value) return;
      input.value = next;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
