import type { Row } from "./words.js";

/**
 * A table of words with a bar for each, and a line that sums it up.
 * @task
 */
export function render(top: { files: number; words: number; different: number; rows: Row[] }, width: number): string {
  const most = top.rows[0]?.count ?? 1;
  const lines = top.rows.map(({ word, count }) => {
    const bar = "█".repeat(Math.max(1, Math.round((count / most) * width)));
    return `${word.padStart(14)} ${String(count).padStart(6)}  ${bar}`;
  });
  return [...lines, "", `${top.words} words, ${top.different} different, in ${top.files} files`].join("\n");
}
