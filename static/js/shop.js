// Small helps, attached by data- attributes. Every page is complete without them.
import { attachSteppers } from "./stepper.js";
import { attachSubmitOnce } from "./submit-once.js";
import { attachGalleries } from "./gallery.js";
import { attachCopyButtons } from "./copy.js";
import { attachDismiss } from "./dismiss.js";
import { attachCountdowns } from "./countdown.js";
import { attachMenu } from "./menu.js";
import { attachHearts } from "./hearts.js";
import { attachSuggest } from "./suggest.js";
import { attachSeen } from "./seen.js";

document.documentElement.classList.add("js");

function attachAll(root) {
  attachSteppers(root);
  attachSubmitOnce(root);
  attachGalleries(root);
  attachCopyButtons(root);
  attachDismiss(root);
  attachCountdowns(root);
  attachHearts(root);
}

attachAll(document);
attachMenu(document.querySelector("[data-menu]"));
attachSuggest(document.querySelector("form[data-suggest]"));
attachSeen(document.querySelector("[data-seen]"));
document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:load", (event) => attachAll(event.detail.elt));
