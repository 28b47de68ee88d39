import { readFile } from "node:fs/promises";

/** How often each word occurs, in how many files, and which processes counted. */
export interface Tally {
  files: number;
  words: number;
  counts: Map<string, number>;
  processes: Set<number>;
}

/** A tally's most frequent words, and its sums. */
export interface Top {
  rows: { word: string; count: number }[];
  different: number;
  words: number;
  files: number;
  processes: number;
}

/**
 * Map: counts the words of one file.
 * @task { maxRetries: 2, timeLimit: "30s" }
 */
export async function countWords(path: string): Promise<Tally> {
  const counts = new Map<string, number>();
  let words = 0;
  for (const [word] of (await readFile(path, "utf8")).toLowerCase().matchAll(/\p{L}{3,}/gu)) {
    words += 1;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return { files: 1, words, counts, processes: new Set([process.pid]) };
}

/**
 * Reduce: adds up what was counted in many files.
 * @task
 */
export function merge(tallies: Tally[]): Tally {
  const total: Tally = { files: 0, words: 0, counts: new Map(), processes: new Set() };
  for (const { files, words, counts, processes } of tallies) {
    total.files += files;
    total.words += words;
    for (const [word, count] of counts) total.counts.set(word, (total.counts.get(word) ?? 0) + count);
    for (const pid of processes) total.processes.add(pid);
  }
  return total;
}

/**
 * The most frequent words of a tally.
 * @task
 */
export function top(tally: Tally, limit: number): Top {
  const { files, words, counts, processes } = tally;
  const rows = [...counts].map(([word, count]) => ({ word, count }));
  rows.sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
  return { rows: rows.slice(0, limit), different: counts.size, words, files, processes: processes.size };
}
