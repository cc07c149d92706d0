// The menu [data-menu] (a <details>) also closes by Escape, by a tap outside and on coming back.
export function attachMenu(menu) {
  if (!menu) return;
  const close = () => { menu.open = false; };
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) close();
  });
  addEventListener("pageshow", close);
}
