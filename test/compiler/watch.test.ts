import { EventEmitter, once } from "node:events";
import { expect, test } from "vitest";
import { type Rebuild, watchProject } from "../../compiler/watch.js";
import { ADD, project } from "./project.js";

test("a change is built, an unchanged result is told, and a mistake does not end the watch", {
  timeout: 60_000,
}, async () => {
  const one = project();
  const stop = new AbortController();
  const told = new EventEmitter();
  const next = async (): Promise<Rebuild> => (await once(told, "rebuild"))[0] as Rebuild;
  const failed: unknown[] = [];
  const first = next();
  const watching = watchProject(
    { cwd: one.folder, signal: stop.signal },
    (rebuild) => told.emit("rebuild", rebuild),
    (error) => failed.push(error),
  );
  expect((await first).result.files.every(({ changed }) => changed)).toBe(true);

  const refused = next();
  one.write("src/math.ts", ADD.replace("x: number", "x: symbol"));
  expect(await refused).toMatchObject({ because: ["src/math.ts"], result: { files: [] } });

  const mended = next();
  one.write("src/math.ts", ADD);
  expect((await mended).result.files.map(({ changed }) => changed)).toEqual([false, false, false]);

  stop.abort();
  await watching;
  expect(failed).toEqual([]);
  one.remove();
});
