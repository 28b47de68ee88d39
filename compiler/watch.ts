/** Builds again whenever a source changes. */
import { relative, resolve } from "node:path";
import type { BuildOptions, BuildResult, Memory } from "./build.js";
import { settle } from "./settings.js";
import { Lookout } from "./watch/lookout.js";

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
      const milliseconds = Math.round(performance.now() - started);
      if (memory.scope) await lookout.look(memory.scope);
      report({ result, because, milliseconds });
    } catch (error) {
      failed(error);
    }
  };
  const changes = new Set<string>();
  let turn = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const lookout = new Lookout((path) => {
    changes.add(relative(cwd, path).replaceAll("\\", "/"));
    clearTimeout(timer);
    timer = setTimeout(() => {
      const because = [...changes].sort();
      changes.clear();
      turn = turn.then(() => rebuild(because));
    }, SETTLE_MS);
  });
  await lookout.look({ settings: await settle(options) });
  turn = turn.then(() => rebuild([]));
  await ended(options.signal);
  clearTimeout(timer);
  await lookout.close();
  await turn;
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}
