/** The entry of a pool's threads. It loads the registry and leaves the rest to the application that the registry exports. */
import type { Answer, Job } from "./job.js";

/** The door of an application that a thread goes through: the tasks' own copy of the run time has to serve them. */
interface Performing {
  performJob(job: Job): Promise<Answer>;
}

/** Runs one attempt. Rejects only where the registry does not load, or exports no application. */
export default async function serve(job: Job): Promise<Answer> {
  const module = await load(job.module);
  const app = appIn(module) ?? appIn(module.default);
  if (app) return app.performJob(job);
  throw new Error(
    `${job.task} is to run in a thread, which loaded ${job.module}; that module exports no app: write \`export { app }\` there`,
  );
}

let learning: Promise<void> | undefined;

/** Imports the registry, and with it all tasks; another time it is there already. */
async function load(url: string): Promise<Readonly<Record<string, unknown>>> {
  if (/\.[cm]?tsx?$/.test(url)) {
    learning ??= learnTypeScript();
    await learning;
  }
  return import(url);
}

/** From here on, this thread imports TypeScript, as modules and as CommonJS alike. */
async function learnTypeScript(): Promise<void> {
  const [esm, cjs] = await Promise.all([import("tsx/esm/api"), import("tsx/cjs/api")]);
  cjs.register();
  esm.register();
}

function appIn(exports: unknown): Performing | undefined {
  if (typeof exports !== "object" || exports === null || !("app" in exports)) return undefined;
  const { app } = exports;
  return typeof app === "object" && app !== null && "performJob" in app ? (app as Performing) : undefined;
}
