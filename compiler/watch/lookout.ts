/** Looks at the files that a build depends on, wherever they are, and tells of each that changes. */
import { dirname, relative, sep } from "node:path";
import { type FSWatcher, watch as watchFiles } from "chokidar";
import type { Inputs } from "../cache.js";
import { isGenerated } from "../generated.js";
import type { Settings } from "../settings.js";

/** What to look at: everything below the tsconfig, and what the last build has read elsewhere. */
export interface Scope {
  readonly settings: Settings;
  readonly inputs?: Inputs | undefined;
}

/**
 * Two watchers: one over the project's own folder, all the way down; and one over the single folders in which there are
 * packages of the same repository, projects that are referred to, settings that are extended.
 */
export class Lookout {
  readonly #changed: (path: string) => void;
  #root = "";
  #near: FSWatcher | undefined;
  #folders = "";
  #far: FSWatcher | undefined;
  #files: ReadonlySet<string> = new Set();

  /** Calls `changed` with the path of each file that is written, made or removed. */
  constructor(changed: (path: string) => void) {
    this.#changed = changed;
  }

  /** Looks at what a build depends on, and no more at what it did before. Once this resolves, no change goes unseen. */
  async look({ settings, inputs }: Scope): Promise<void> {
    const root = dirname(settings.tsconfig);
    const read = [...(inputs?.files ?? []), ...(settings.config === undefined ? [] : [settings.config])];
    this.#files = new Set(read.filter((path) => !path.includes(`${sep}node_modules${sep}`)));
    if (root !== this.#root) {
      const before = this.#near;
      this.#root = root;
      this.#near = await this.#watch([root]);
      await before?.close();
    }
    const folders = [
      ...new Set([...this.#files].filter((path) => this.#isPassedOver(path)).map((path) => dirname(path))),
    ];
    if (folders.join("\n") !== this.#folders) {
      const before = this.#far;
      this.#folders = folders.join("\n");
      this.#far = await this.#watch(folders, 0);
      await before?.close();
    }
  }

  /** Looks no more. */
  async close(): Promise<void> {
    await Promise.all([this.#near?.close(), this.#far?.close()]);
  }

  async #watch(paths: readonly string[], depth?: number): Promise<FSWatcher> {
    const ignored = (path: string, stats?: { isFile(): boolean }): boolean => !this.#matters(path, stats?.isFile());
    const watcher = watchFiles([...paths], { ignoreInitial: true, ignored, ...(depth !== undefined && { depth }) });
    for (const event of ["add", "change", "unlink"] as const) watcher.on(event, this.#changed);
    if (paths.length > 0) await new Promise<void>((done) => watcher.once("ready", () => done()));
    return watcher;
  }

  /** Outside the project's folder; or inside, but of a name that did not matter before it was known who reads it. */
  #isPassedOver(path: string): boolean {
    return !isBelow(this.#root, path) || !isSource(path);
  }

  #matters(path: string, isFile = false): boolean {
    if (this.#files.has(path)) return true;
    const inside = isBelow(this.#root, path) ? relative(this.#root, path) : "";
    if (/(?:^|[\\/])(?:node_modules|\.git|dist)(?:[\\/]|$)/.test(inside)) return false;
    return !isFile || isSource(path);
  }
}

function isBelow(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isSource(path: string): boolean {
  return !isGenerated(path) && (/\.[cm]?[tj]sx?$/.test(path) || /[\\/]tsconfig[^\\/]*\.json$/.test(path));
}
