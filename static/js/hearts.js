// A link [data-save="key"] leads to a page with a button; here it presses that button in place.
const saved = new Set();
let asked = null;

function show(link) {
  const is = saved.has(Number(link.dataset.save));
  link.classList.toggle("is-saved", is);
  link.toggleAttribute("data-is-saved", is);
  if (link.dataset.savedLabel) {
    link.dataset.unsavedLabel ??= link.getAttribute("aria-label");
    link.setAttribute("aria-label", is ? link.dataset.savedLabel : link.dataset.unsavedLabel);
  }
  const words = link.querySelector("[data-save-words]");
  if (words) {
    words.dataset.unsaved ??= words.textContent;
    words.textContent = is ? words.dataset.saved : words.dataset.unsaved;
  }
}

// Keys are asked for once a page, and only of a visitor who saved something.
function ask(link) {
  if (!asked) {
    const url = new URL("../../khoa/", link.href);
    asked = document.cookie.includes("saved=1")
      ? fetch(url).then((answer) => answer.json()).then(({ keys }) => keys.forEach((key) => saved.add(key))).catch(() => {})
      : Promise.resolve();
  }
  return asked;
}

async function press(link) {
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
  const form = page.querySelector("form[data-save-form]");
  if (!form) throw new Error("no form");
  const answer = await fetch(form.getAttribute("action"), {
    method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" },
  });
  if (!answer.ok) throw new Error(answer.statusText);
  const key = Number(link.dataset.save);
  if (form.dataset.saveForm === "add") saved.add(key); else saved.delete(key);
}

export function attachHearts(root) {
  const links = [...root.querySelectorAll("[data-save]:not([data-attached])")];
  for (const link of links) {
    link.dataset.attached = "";
    link.addEventListener("click", async (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      try {
        await press(link);
      } catch {
        location.assign(link.href);
        return;
      }
      document.querySelectorAll("[data-save]").forEach(show);
    });
  }
  if (links.length) ask(links[0]).then(() => links.forEach(show));
}
