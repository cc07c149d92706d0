// A button [data-submit-once] sends its form once; coming back to the page wakes it again.
export function attachSubmitOnce(root) {
  for (const button of root.querySelectorAll("[data-submit-once]:not([data-attached])")) {
    button.dataset.attached = "";
    button.form?.addEventListener("submit", (event) => {
      if (event.submitter !== button) return;
      if (button.getAttribute("aria-busy") === "true") {
        event.preventDefault();
        return;
      }
      button.setAttribute("aria-busy", "true");
    });
  }
}

addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("[data-submit-once][aria-busy]")) {
    button.removeAttribute("aria-busy");
  }
});
