// A gallery [data-gallery]: links in [data-thumbs] change the picture in [data-stage].
export function attachGalleries(root) {
  for (const gallery of root.querySelectorAll("[data-gallery]:not([data-attached])")) {
    gallery.dataset.attached = "";
    const stage = gallery.querySelector("[data-stage] img");
    const thumbs = [...gallery.querySelectorAll("[data-thumbs] a")];
    if (!stage || !thumbs.length) continue;
    const show = (thumb) => {
      stage.srcset = thumb.dataset.srcset || "";
      stage.src = thumb.href;
      stage.alt = thumb.querySelector("img").alt;
      for (const other of thumbs) other.removeAttribute("aria-current");
      thumb.setAttribute("aria-current", "true");
    };
    gallery.addEventListener("click", (event) => {
      const thumb = event.target.closest("[data-thumbs] a");
      if (!thumb) return;
      event.preventDefault();
      show(thumb);
    });
    gallery.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const here = thumbs.indexOf(document.activeElement);
      if (!step || here < 0) return;
      event.preventDefault();
      const next = thumbs[(here + step + thumbs.length) % thumbs.length];
      next.focus();
      show(next);
    });
    let startX = null;
    stage.addEventListener("touchstart", (event) => { startX = event.touches[0].clientX; }, { passive: true });
    stage.addEventListener("touchend", (event) => {
      if (startX === null) return;
      const moved = event.changedTouches[0].clientX - startX;
      startX = null;
      if (Math.abs(moved) < 40) return;
      const current = Math.max(0, thumbs.findIndex((thumb) => thumb.hasAttribute("aria-current")));
      show(thumbs[(current + (moved < 0 ? 1 : -1) + thumbs.length) % thumbs.length]);
    });
  }
}
