/** Builds again whenever a source changes. */
import { dirname, relative, resolve } from "node:path";
import { type FSWatcher, watch as watchFiles } from "chokidar";
import type { BuildOptions, BuildResult, Memory } from "./build.js";
import { settle } from "./settings.js";

/** What one rebuild came to. */
export interface Rebuild {
  readonly result: BuildResult;
  /** The files that set it off, relative to the working directory; none for the first. */
  readonly because: readonly string[];
  readonly milliseconds: number;
}

/** How long to wait for company after a change: editors write several files at once. */
const SETTLE_MS = 40;

/** Watches until `signal` fires. Every rebuild is reported, also one that changed nothing, and one that failed. */
export async function watchProject(
  options: BuildOptions & { readonly signal: AbortSignal },
  report: (rebuild: Rebuild) => void,
  failed: (error: unknown) => void,
): Promise<void> {
  const cwd = resolve(options.cwd ?? process.cwd());
  const [{ compile }, { write }] = await Promise.all([import("./build.js"), import("./write.js")]);
  const memory: Memory = {};
  const rebuild = async (because: readonly string[]): Promise<void> => {
    const started = performance.now();
    try {
      const { diagnostics, files } = await compile(options, memory);
      const result = { diagnostics, files: write(files) };
      report({ result, because, milliseconds: Math.round(performance.now() - started) });
    } catch (error) {
      failed(error);
    }
  };
  const watcher = await watcherOf(options);
  const changes = new Set<string>();
  let turn = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  watcher.on("all", (_event, path) => {
    changes.add(relative(cwd, path).replaceAll("\\", "/"));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const because = [...changes].sort();
      changes.clear();
      turn = turn.then(() => rebuild(because));
    }, SETTLE_MS);
  });
  turn = turn.then(() => rebuild([]));
  await ended(options.signal);
  clearTimeout(timer);
  await watcher.close();
  await turn;
}

/** Sources and settings below the tsconfig's folder; never what the build itself writes. */
async function watcherOf(options: BuildOptions): Promise<FSWatcher> {
  const { tsconfig, config } = await settle(options);
  const root = dirname(tsconfig);
  const watcher = watchFiles([root, ...(config === undefined ? [] : [config])], {
    ignoreInitial: true,
    ignored: (path, stats) =>
      /[\\/](?:node_modules|\.git|dist)(?:[\\/]|$)/.test(path) || (stats?.isFile() === true && !isSource(path)),
  });
  await new Promise<void>((done) => watcher.once("ready", () => done()));
  return watcher;
}

function isSource(path: string): boolean {
  return (/\.[cm]?[tj]sx?$/.test(path) && !/\.gen\.[cm]?[tj]s$/.test(path)) || /tsconfig[^\\/]*\.json$/.test(path);
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}
