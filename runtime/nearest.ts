/** The known name that somebody who wrote another one most likely meant. */

/** The nearest of the known names, if one is near enough: about one slip in three letters. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.ceil(Math.max(name.length, 3) / 3) + 1;
  for (const candidate of known) {
    const distance = slips(name.toLowerCase(), candidate.toLowerCase());
    if (distance >= least) continue;
    best = candidate;
    least = distance;
  }
  return best ?? startingAlike(name, known);
}

/** `que` for `queue`, `retries` for `maxRetries`: one name is a part of the other. */
function startingAlike(name: string, known: Iterable<string>): string | undefined {
  const short = name.toLowerCase();
  if (short.length < 3) return undefined;
  return [...known].find(
    (candidate) => candidate.toLowerCase().includes(short) || short.includes(candidate.toLowerCase()),
  );
}

/** How many letters were inserted, left out, replaced, or swapped with their neighbour. */
function slips(from: string, to: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      let least = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      if (swapped) least = Math.min(least, older[column - 2]! + 1);
      current.push(least);
    }
    older = previous;
    previous = current;
  }
  return previous[to.length]!;
}
