// What was looked at lately is known to this browser alone: [data-seen="key"] adds a product, and
// shows the others once the reader comes near.
const NAME = "da-xem";
const MOST = 8;

function read() {
  try {
    const keys = JSON.parse(localStorage.getItem(NAME)) ?? [];
    return Array.isArray(keys) ? keys.filter(Number.isSafeInteger).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function attachSeen(place) {
  if (!place) return;
  const key = Number(place.dataset.seen);
  const others = read().filter((other) => other !== key);
  try {
    localStorage.setItem(NAME, JSON.stringify([key, ...others].slice(0, MOST)));
  } catch {
    return;
  }
  if (!others.length) return;
  const url = `${place.dataset.seenUrl}?mon=${others.join(",")}`;
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    htmx.ajax("GET", url, { target: place, swap: "innerHTML" });
  }, { rootMargin: "400px" }).observe(place);
}
