import { afterAll, describe } from "vitest";
import { ApplyWorld } from "./apply-world.js";
import { app } from "./project/src/tasks.gen.js";
import "./project/src/tasks.registry.gen.js";
import { values } from "./suite.js";

describe("under apply", () => {
  afterAll(() => app.close());

  values(new ApplyWorld());
});
