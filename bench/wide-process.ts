/** One side of a wide chord: `wide-process.ts produce|work URL COUNT`; says how much memory it took at its peak. */
import { app, chord, gather, noop } from "./project/src/tasks.gen.js";

const [role = "", url = "", count = "0"] = process.argv.slice(2);
app.configure({ broker: url });

/** One call after the other, none of them kept. */
async function* calls() {
  for (let i = 0; i < Number(count); i++) yield noop.s(i, 3, "x");
}

const peak = () => process.resourceUsage().maxRSS * 1024;

if (role === "produce") {
  const handle = await chord(calls(), gather.s()).delay();
  const value = await handle.get({ timeout: "5m" });
  process.send?.({ value, peak: peak() });
  await app.close();
} else {
  app.register({ "tasks.noop.noop": () => null, "tasks.noop.gather": (results: null[]) => results.length });
  const worker = app.worker({ concurrency: 100 });
  await worker.start();
  process.send?.({ ready: true });
  process.once("message", () => {
    process.send?.({ peak: peak() });
    void worker.stop().then(() => app.close());
  });
}
process.once("disconnect", () => process.exit(0));
