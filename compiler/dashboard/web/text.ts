/** Numbers and moments as people read them. */
import { lengthText } from "../../inspect/time-text.js";

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** 12345 as 12,345, whatever its size. */
export function exactText(count: number): string {
  return plain.format(count);
}

/** 1,234 as it is, 1234567 as 1.2M. */
export function countText(count: number): string {
  return count < 10_000 ? plain.format(count) : compact.format(count);
}

/** A rate: what is small keeps a decimal, what is large has none to tell. */
export function rateText(rate: number): string {
  return countText(rate < 100 ? rate : Math.round(rate));
}

/** "12s ago", "in 3m", "now". */
export function whenText(moment: number, now: number): string {
  const ms = now - moment;
  if (Math.abs(ms) < 1_000) return "now";
  return ms > 0 ? `${lengthText(coarse(ms))} ago` : `in ${lengthText(coarse(-ms))}`;
}

/** Milliseconds say nothing of what is seconds away. */
function coarse(ms: number): number {
  return ms < 60_000 ? Math.floor(ms / 1_000) * 1_000 : Math.floor(ms / 60_000) * 60_000;
}

/** A share of a whole as percent. */
export function shareText(part: number, whole: number): string {
  if (whole === 0) return "–";
  const percent = (100 * part) / whole;
  return percent > 0 && percent < 0.1 ? "<0.1%" : `${plain.format(percent)}%`;
}

/** The moment in full, for a tooltip. */
export function momentTitle(moment: number): string {
  return new Date(moment).toLocaleString();
}

/** "1 node", "2 nodes". */
export function counted(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? "" : "s"}`;
}
