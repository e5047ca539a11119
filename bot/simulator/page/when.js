// Moments as a person reads them. Instants are milliseconds since 1970; zones are IANA names.

import { spoken, t } from "./words.js";

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

const formats = new Map();

function format(options, zone) {
  const locale = spoken() === "ru" ? "ru-RU" : "en-GB";
  const key = JSON.stringify([locale, zone, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(locale, { hourCycle: "h23", timeZone: zone, ...options }));
  }
  return formats.get(key);
}

const SHORT_TIME = { hour: "2-digit", minute: "2-digit" };

export const timeOfDay = (ms, zone) => format(SHORT_TIME, zone).format(ms);

/** Returns the local date as YYYY-MM-DD, to compare days. */
export const dayOf = (ms, zone) => wallOf(ms, zone).slice(0, 10);

/** Returns what a date separator says, counted from the simulated `now`. */
export function dayTitle(ms, now, zone) {
  const day = dayOf(ms, zone);
  if (day === dayOf(now, zone)) return t("today");
  if (day === dayOf(now - 86_400_000, zone)) return t("yesterday");
  const sameYear = day.slice(0, 4) === dayOf(now, zone).slice(0, 4);
  return format({ day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) }, zone).format(ms);
}

/** Returns the short stamp of the chat list: a time today, else a date. */
export function stamp(ms, now, zone) {
  if (dayOf(ms, zone) === dayOf(now, zone)) return timeOfDay(ms, zone);
  return format({ day: "numeric", month: "short" }, zone).format(ms);
}

export const timeWithSeconds = (ms, zone) => format({ ...SHORT_TIME, second: "2-digit" }, zone).format(ms);

/** Returns weekday and time, as the header shows the simulated clock. */
export const shortClock = (ms, zone) => format({ weekday: "short", ...SHORT_TIME }, zone).format(ms);

export const longDay = (ms, zone) =>
  format({ weekday: "long", day: "numeric", month: "long", year: "numeric" }, zone).format(ms);

/** Returns how far the zone is from UTC at that moment: "UTC+1". */
export function offsetName(ms, zone) {
  const minutes = Math.round(offsetAt(ms, zone) / 60_000);
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}

export const wholeMoment = (ms, zone) =>
  format({ weekday: "long", day: "numeric", month: "long", year: "numeric", ...SHORT_TIME }, zone).format(ms);

/**
 * Returns a date_time entity as text, or null where its own text stays.
 * Source: core.telegram.org/bots/api#date-time-entity-formatting: "r" or w, d or D, t or T.
 */
export function entityMoment(ms, template, now, zone) {
  if (template === "r") return relative(ms - now);
  const options = {};
  if (template.includes("w")) options.weekday = template.includes("d") ? "short" : "long";
  if (template.includes("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (template.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (template.includes("t")) Object.assign(options, SHORT_TIME);
  if (template.includes("T")) Object.assign(options, SHORT_TIME, { second: "2-digit" });
  return Object.keys(options).length ? format(options, zone).format(ms) : null;
}

const UNITS = [["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000], ["second", 1000]];

function relative(distance) {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(distance) >= length) ?? UNITS[3];
  return new Intl.RelativeTimeFormat(spoken(), { numeric: "auto" }).format(Math.round(distance / size), unit);
}

/** Returns the wall clock as YYYY-MM-DDTHH:MM, as a date-time field takes it. */
export function wallOf(ms, zone) {
  const shifted = new Date(ms + offsetAt(ms, zone));
  return shifted.toISOString().slice(0, 16);
}

/** Returns the instant at which the wall clock of `zone` shows `wall`; a skipped time moves forward. */
export function instantOf(wall, zone) {
  const asUtc = Date.parse(`${wall}Z`);
  return asUtc - offsetAt(asUtc - offsetAt(asUtc, zone), zone);
}

function offsetAt(ms, zone) {
  const key = `offset ${zone}`;
  if (!formats.has(key)) {
    const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" };
    formats.set(key, new Intl.DateTimeFormat("en-US", { hourCycle: "h23", timeZone: zone, ...fields }));
  }
  const part = Object.fromEntries(formats.get(key).formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return local - Math.floor(ms / 1000) * 1000;
}
