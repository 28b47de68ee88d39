import { builders } from "./builders.js";
import { canvas } from "./canvas.js";
import { results } from "./results.js";
import { app } from "./tasks.gen.js";
import "./tasks.registry.gen.js";

await builders();
await canvas();
await results();
await app.close();
