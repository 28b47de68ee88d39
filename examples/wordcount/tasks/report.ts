import type { Top } from "./words.js";

/**
 * A table of words with a bar for each, and a line that sums it up.
 * @task
 */
export function render(top: Top, width: number): string {
  const { rows, different, words, files, processes } = top;
  const most = rows[0]?.count ?? 1;
  const table = rows.map(({ word, count }) => {
    const bar = "█".repeat(Math.max(1, Math.round((count / most) * width)));
    return `${word.padStart(14)} ${String(count).padStart(6)}  ${bar}`;
  });
  const by = processes === 1 ? "one process" : `${processes} processes`;
  return [...table, "", `${words} words, ${different} different, in ${files} files, counted by ${by}`].join("\n");
}
