/** A program that is bundled into one file: its worker has no entry for threads. */
import { call } from "../../reference/trees.js";
import { app } from "./registry.js";

app.configure({ broker: "memory://" });
const worker = app.worker();
await worker.start();
const handles = await Promise.all([1, 2].map((ms) => app.submit(call("compute", [ms]), [])));
console.log(JSON.stringify(await Promise.all(handles.map((handle) => handle.get()))));
await worker.stop();
await app.close();
