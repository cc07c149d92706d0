// The search form [data-suggest=url]: while typing, a listbox of what may be meant (WAI-ARIA
// combobox). Arrows choose, Enter goes there, Escape closes; the form itself works without it.
const PAUSE = 120;
const LEAST = 2;

export function attachSuggest(form) {
  const input = form?.querySelector("input[type=search]");
  if (!input) return;
  const panel = document.createElement("div");
  panel.className = "suggest";
  panel.hidden = true;
  const told = document.createElement("p");
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  form.append(panel, told);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "site-search-list",
  })) input.setAttribute(name, value);

  let timer = 0, request = null, asked = "", chosen = -1;
  const options = () => [...panel.querySelectorAll("[role=option]")];

  const choose = (index) => {
    const all = options();
    chosen = index;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (all[index]) {
      input.setAttribute("aria-activedescendant", all[index].id);
      all[index].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    clearTimeout(timer);
    request?.abort();
    panel.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const open = () => {
    if (!options().length) return;
    panel.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const show = (html) => {
    panel.innerHTML = html;
    choose(-1);
    told.textContent = panel.querySelector("[data-suggest-count]")?.textContent ?? "";
    if (options().length) open();
    else close();
  };
  const ask = async () => {
    const words = input.value.trim();
    if (words === asked) return open();
    if (words.length < LEAST) { asked = ""; panel.replaceChildren(); return close(); }
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`, { signal: request.signal });
      if (!answer.ok) return;
      const html = await answer.text();
      // Who left the box or typed on does not want this list any more.
      if (document.activeElement !== input || input.value.trim() !== words) return;
      asked = words;
      show(html);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    if (event.isComposing) return;
    if (event.key === "Escape" && !panel.hidden) { event.preventDefault(); close(); return; }
    if (event.key === "Enter" && !panel.hidden && all[chosen]) { event.preventDefault(); location.assign(all[chosen].dataset.url); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !all.length) return;
    event.preventDefault();
    const was = panel.hidden ? -1 : chosen;
    open();
    // Past either end is the box itself: nothing chosen, what was typed stands.
    const next = was + step;
    choose(next < -1 ? all.length - 1 : next >= all.length ? -1 : next);
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  addEventListener("pageshow", close);
  // Before blur, which would close the list under the finger.
  panel.addEventListener("pointerdown", (event) => event.preventDefault());
  panel.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  });
}
