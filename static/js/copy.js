// A button [data-copy="text"] copies it and says so in its own words, [data-copied].
export function attachCopyButtons(root) {
  for (const button of root.querySelectorAll("[data-copy]:not([data-attached])")) {
    button.dataset.attached = "";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch {
        return;
      }
      const words = button.textContent;
      button.textContent = button.dataset.copied || words;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }
}
