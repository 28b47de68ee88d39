import { readFile } from "node:fs/promises";

/** How often each word occurs, and in how much text. */
export interface Tally {
  files: number;
  words: number;
  counts: Map<string, number>;
}

/** A word and its count. */
export interface Row {
  word: string;
  count: number;
}

/**
 * Map: counts the words of one file.
 * @task { maxRetries: 2, timeLimit: "30s" }
 */
export async function countWords(path: string): Promise<Tally> {
  const tally: Tally = { files: 1, words: 0, counts: new Map() };
  for (const [word] of (await readFile(path, "utf8")).toLowerCase().matchAll(/\p{L}{3,}/gu)) {
    tally.words += 1;
    tally.counts.set(word, (tally.counts.get(word) ?? 0) + 1);
  }
  return tally;
}

/**
 * Reduce: adds up what was counted in many files.
 * @task
 */
export function merge(tallies: Tally[]): Tally {
  const total: Tally = { files: 0, words: 0, counts: new Map() };
  for (const { files, words, counts } of tallies) {
    total.files += files;
    total.words += words;
    for (const [word, count] of counts) total.counts.set(word, (total.counts.get(word) ?? 0) + count);
  }
  return total;
}

/**
 * The most frequent words of a tally, and how much was counted.
 * @task
 */
export function top(
  { files, words, counts }: Tally,
  limit: number,
): { files: number; words: number; different: number; rows: Row[] } {
  const rows = [...counts].map(([word, count]) => ({ word, count }));
  rows.sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
  return { files, words, different: counts.size, rows: rows.slice(0, limit) };
}
