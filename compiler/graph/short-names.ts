/** Task names -> each by its shortest end that no other of them has: "resize" for "tasks.images.resize". */
export function shortNames(tasks: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(tasks)];
  const taken = new Map<string, number>();
  for (const name of all) for (const end of endsOf(name)) taken.set(end, (taken.get(end) ?? 0) + 1);
  return new Map(all.map((name) => [name, endsOf(name).find((end) => taken.get(end) === 1) ?? name]));
}

/** The ends of a name, shortest first. "default" alone says nothing, so it takes its module along. */
function endsOf(name: string): string[] {
  const words = name.split(".");
  const ends = words.map((_, i) => words.slice(words.length - 1 - i).join("."));
  return words.at(-1) === "default" && words.length > 1 ? ends.slice(1) : ends;
}
