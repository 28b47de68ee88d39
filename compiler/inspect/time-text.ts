/** Moments and lengths of time as people read them. */

const UNITS: readonly (readonly [name: string, ms: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
];

/** Milliseconds -> "2h 5m", "12s", "340ms": the two largest units that say something. */
export function lengthText(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const first = UNITS.findIndex(([, unit]) => whole >= unit);
  const [name, unit] = UNITS[first] ?? ["ms", 1];
  const [finer, fine] = UNITS[first + 1] ?? ["", 1];
  const rest = first < 0 || first === UNITS.length - 1 ? 0 : Math.floor((whole % unit) / fine);
  return `${Math.floor(whole / unit)}${name}${rest > 0 ? ` ${rest}${finer}` : ""}`;
}

/** A moment of the past -> "12s ago". */
export function agoText(moment: number, now: number): string {
  return `${lengthText(now - moment)} ago`;
}

/** A moment -> "2026-03-01T12:00:00.000Z", as JSON and logs have it. */
export function momentText(moment: number): string {
  return new Date(moment).toISOString();
}
