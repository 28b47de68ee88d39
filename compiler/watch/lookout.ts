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
  readonly #near: FSWatcher;
  readonly #far: FSWatcher;
  #root: string;
  #folders: ReadonlySet<string> = new Set();
  #files: ReadonlySet<string> = new Set();

  /** Calls `changed` with the path of each file that is written, made or removed. */
  constructor(scope: Scope, changed: (path: string) => void) {
    this.#root = dirname(scope.settings.tsconfig);
    const ignored = (path: string, stats?: { isFile(): boolean }): boolean => !this.#matters(path, stats?.isFile());
    this.#near = watchFiles(this.#root, { ignoreInitial: true, ignored });
    this.#far = watchFiles([], { ignoreInitial: true, ignored, depth: 0 });
    for (const watcher of [this.#near, this.#far]) {
      for (const event of ["add", "change", "unlink"] as const) watcher.on(event, changed);
    }
    this.look(scope);
  }

  /** Resolves once nothing that changes goes unseen. */
  async ready(): Promise<void> {
    await new Promise<void>((done) => this.#near.once("ready", () => done()));
  }

  /** Looks elsewhere from now on, where a build has read other files than the one before. */
  look({ settings, inputs }: Scope): void {
    const root = dirname(settings.tsconfig);
    if (root !== this.#root) {
      this.#near.unwatch(this.#root);
      this.#near.add(root);
      this.#root = root;
    }
    const read = [...(inputs?.files ?? []), ...(settings.config === undefined ? [] : [settings.config])];
    this.#files = new Set(read.filter((path) => !path.includes(`${sep}node_modules${sep}`)));
    // Settings within the project may have any name, and were passed over before they were known.
    this.#near.add([...this.#files].filter((path) => isBelow(root, path) && !isSource(path)));
    const far = [...this.#files].filter((path) => !isBelow(root, path));
    const folders = new Set(far.map((path) => dirname(path)));
    const gone = [...this.#folders].filter((folder) => !folders.has(folder));
    if (gone.length > 0) this.#far.unwatch(gone);
    this.#far.add([...folders].filter((folder) => !this.#folders.has(folder)));
    this.#folders = folders;
  }

  /** Looks no more. */
  async close(): Promise<void> {
    await Promise.all([this.#near.close(), this.#far.close()]);
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
