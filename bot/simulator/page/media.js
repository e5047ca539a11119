// Pictures and the stand-ins for what a person attaches.

import { el, icon } from "./dom.js";
import { t } from "./words.js";

const FILMS = new Set(["animation", "video", "video_note"]);

/** Returns the node of `media`, or null for none. */
export function drawMedia(media) {
  if (!media) return null;
  const own = ownAddress(media.url);
  if (own && FILMS.has(media.kind)) return film(own, media);
  if (own) return el("img.picture", { src: own, alt: media.alt ?? t(media.kind in STANDINS ? media.kind : "photo") });
  return (STANDINS[media.kind] ?? STANDINS.photo)(media);
}

/** Returns `url` if it is on this origin: nothing is loaded from outside. */
function ownAddress(url) {
  if (!url) return null;
  const address = new URL(url, location.href);
  return address.origin === location.origin ? address.href : null;
}

function film(src, media) {
  const long = media.kind === "video"; // a film with its own controls; the others run by themselves
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const video = el("video.picture", {
    src, "aria-label": media.alt ?? t(media.kind), loop: !long, playsinline: true, autoplay: !still && !long, controls: still || long,
  });
  video.muted = true; // the attribute alone does not count for scripted nodes
  return video;
}

function standin(kind, ...children) {
  return el(`div.standin.${kind}`, { role: "img", "aria-label": t(kind) }, ...children);
}

const STANDINS = {
  photo: () => standin("photo", icon("photo")),
  sticker: () => standin("sticker", icon("sticker")),
  location: () => standin("location", el("span.pinned", {}, icon("pin"))),
  voice: () => standin("voice", el("span.play", {}, icon("play")), el("span.wave"), el("span.length", {}, "0:03")),
  poll: (media) =>
    standin(
      "poll",
      el("strong", {}, media.alt ?? t("poll")),
      el("small", {}, t("anonymousPoll")),
      el("span.option", {}, "A"),
      el("span.option", {}, "B"),
    ),
};
