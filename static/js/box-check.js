// The form of a gift box, form[data-box-check=selector]: after a change its verdict is asked anew.
const form = document.querySelector("form[data-box-check]");
const WAIT = 600;
let timer;
let asking;

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const data = new FormData(form);
  data.set("do", "check");
  try {
    const answer = await fetch(location.href, {
      method: "POST",
      body: data,
      headers: { "X-Requested-With": "fetch" },
      signal: asking.signal,
    });
    if (answer.ok) document.querySelector(form.dataset.boxCheck).innerHTML = await answer.text();
  } catch {
    // Left as it was: the button asks again.
  }
}

form?.addEventListener("change", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT);
});
