// [data-countdown="ISO time"] says how long is left, in [data-words] with %s: 1:59:03.
export function attachCountdowns(root) {
  const found = root.matches?.("[data-countdown]") ? [root] : root.querySelectorAll("[data-countdown]:not([data-attached])");
  for (const element of found) {
    element.dataset.attached = "";
    const end = Date.parse(element.dataset.countdown);
    const tick = () => {
      const left = Math.max(0, Math.floor((end - Date.now()) / 1000));
      const two = (number) => String(number).padStart(2, "0");
      const clock = `${Math.floor(left / 3600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
      element.textContent = element.dataset.words.replace("%s", clock);
      if (left > 0 && element.isConnected) setTimeout(tick, 1000);
    };
    tick();
  }
}
