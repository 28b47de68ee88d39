/** What tasks write down before they do anything: who ran which attempt. It outlives whoever is killed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One attempt, and the processes that made it: more than one where the first was lost. */
export interface Entry {
  readonly run: string;
  readonly id: string;
  /** Failed attempts before it. */
  readonly attempt: number;
  readonly pids: readonly number[];
}

export class Ledger {
  readonly #folder = mkdtempSync(join(tmpdir(), "tqc-ledger-"));
  /** Where the page begins in each file, in lines. */
  readonly #begins = new Map<string, number>();

  /** What a worker's environment says of it. */
  get env(): Readonly<Record<string, string>> {
    return { TQC_LEDGER: this.#folder };
  }

  /** From here on: what is written down already is not asked for any more. */
  turnPage(): void {
    for (const file of readdirSync(this.#folder)) this.#begins.set(file, this.#linesOf(file).length);
  }

  /** All that was written down on this page. */
  entries(): Entry[] {
    const runs = new Map<string, number[]>();
    for (const file of readdirSync(this.#folder)) {
      for (const line of this.#linesOf(file).slice(this.#begins.get(file)))
        runs.set(line, [...(runs.get(line) ?? []), Number(file)]);
    }
    return [...runs].map(([line, pids]) => {
      const [run = "", id = "", attempt] = line.split(" ");
      return { run, id, attempt: Number(attempt), pids };
    });
  }

  /** The last is not whole where somebody was killed while he wrote it. */
  #linesOf(file: string): string[] {
    return readFileSync(join(this.#folder, file), "utf8").split("\n").slice(0, -1);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
