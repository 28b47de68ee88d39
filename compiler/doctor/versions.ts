/** Versions as they are written, compared number by number. */

/** Whether `found` is at least `wanted`; what follows a hyphen says nothing. */
export function isAtLeast(found: string, wanted: string): boolean {
  const [a, b] = [numbers(found), numbers(wanted)];
  for (const [i, want] of b.entries()) {
    const have = a[i] ?? 0;
    if (have !== want) return have > want;
  }
  return true;
}

function numbers(version: string): number[] {
  return version
    .replace(/^v/, "")
    .split("-")[0]!
    .split(".")
    .map((part) => Number.parseInt(part, 10) || 0);
}
