// A button [data-dismiss] takes its message away; the reader's place goes back to the page.
export function attachDismiss(root) {
  for (const button of root.querySelectorAll("[data-dismiss]:not([data-attached])")) {
    button.dataset.attached = "";
    button.addEventListener("click", () => {
      const message = button.closest(".message");
      const list = message.parentElement;
      message.remove();
      if (!list.querySelector(".message")) list.remove();
      document.querySelector("main")?.focus({ preventScroll: true });
    });
  }
}
