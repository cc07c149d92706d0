// A gallery [data-gallery]: pictures in [data-strip] that scrolls and snaps, links to them in
// [data-thumbs], and a <dialog data-zoomed> that shows one of them large.
export function attachGalleries(root) {
  for (const gallery of root.querySelectorAll("[data-gallery]:not([data-attached])")) {
    gallery.dataset.attached = "";
    const strip = gallery.querySelector("[data-strip]");
    if (!strip) continue;
    const slides = [...strip.children];
    const thumbs = [...gallery.querySelectorAll("[data-thumbs] a")];
    // Where the strip is going, while it is on its way there.
    let aim = null;
    let settled;
    const shown = () => aim ?? Math.min(slides.length - 1, Math.round(strip.scrollLeft / (strip.clientWidth || 1)));
    const go = (index) => {
      const next = (index + slides.length) % slides.length;
      aim = next;
      settle();
      strip.scrollTo({ left: next * strip.clientWidth });
      mark(next);
      return next;
    };
    const mark = (index) => {
      thumbs.forEach((thumb, at) => {
        if (at === index) thumb.setAttribute("aria-current", "true");
        else thumb.removeAttribute("aria-current");
      });
    };
    const settle = () => {
      clearTimeout(settled);
      settled = setTimeout(() => { aim = null; mark(shown()); }, 200);
    };
    const stepOf = (event) => ({ ArrowRight: 1, ArrowLeft: -1 })[event.key];

    strip.addEventListener("scroll", () => { mark(shown()); settle(); }, { passive: true });
    gallery.addEventListener("click", (event) => {
      const thumb = event.target.closest("[data-thumbs] a");
      if (!thumb) return;
      event.preventDefault();
      go(thumbs.indexOf(thumb));
    });
    gallery.addEventListener("keydown", (event) => {
      const step = stepOf(event);
      if (!step || slides.length < 2 || event.target.closest("dialog")) return;
      event.preventDefault();
      const at = thumbs.indexOf(document.activeElement);
      const next = go((at < 0 ? shown() : at) + step);
      if (at >= 0) thumbs[next].focus();
    });
    attachZoom(gallery, slides, go, shown, stepOf);
  }
}

function attachZoom(gallery, slides, go, shown, stepOf) {
  const dialog = gallery.querySelector("[data-zoomed]");
  if (!dialog?.showModal) return;
  const frame = dialog.querySelector("[data-picture]");
  const larger = dialog.querySelector("[data-larger]");
  const enlarge = (on) => {
    dialog.classList.toggle("is-larger", on);
    larger.setAttribute("aria-pressed", String(on));
    if (on) frame.scrollTo((frame.scrollWidth - frame.clientWidth) / 2, (frame.scrollHeight - frame.clientHeight) / 2);
  };
  const show = (index) => {
    const link = slides[index].querySelector("[data-zoom]");
    const picture = new Image();
    picture.src = link.href;
    picture.alt = link.querySelector("img").alt;
    frame.replaceChildren(picture);
    enlarge(false);
  };
  gallery.addEventListener("click", (event) => {
    const link = event.target.closest("[data-zoom]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(slides.indexOf(link.closest("li")));
    dialog.showModal();
  });
  dialog.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) show(go(shown() + Number(step.dataset.step)));
    else if (event.target.closest("[data-close]") || event.target === dialog) dialog.close();
    else if (event.target.closest("[data-larger], [data-picture] img")) enlarge(!dialog.classList.contains("is-larger"));
  });
  dialog.addEventListener("keydown", (event) => {
    const step = stepOf(event);
    // Enlarged, the arrows move the picture itself.
    if (!step || slides.length < 2 || dialog.classList.contains("is-larger")) return;
    event.preventDefault();
    show(go(shown() + step));
  });
}
