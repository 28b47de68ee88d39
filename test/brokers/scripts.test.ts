import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildScripts, target } from "../setup/lua.js";

test("the generated scripts are those of the Lua files", () => {
  expect(readFileSync(target, "utf8")).toBe(buildScripts());
});
