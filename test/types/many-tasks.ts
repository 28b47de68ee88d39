/** A generated module of any size. */
import type { TaskContract } from "../../runtime/manifest.js";
import { tasksText } from "../../templates/tasks.js";

/** The module the compiler would write for so many tasks of two parameters each; every fourth has an optional one. */
export function manyTasks(count: number): string {
  const names = Array.from({ length: count }, (_, i) => `tasks.math.task${i}`);
  const tasks = Object.fromEntries(names.map((name, i) => [name, contract(name, i % 4 === 0)]));
  const texts = new Map(names.map((name) => [name, { parameters: ["number", "number"], result: "number" }]));
  return tasksText({ version: 1, tasks }, texts, { toRoot: "../wished/", importing: "js" });
}

function contract(name: string, optional: boolean): TaskContract {
  const schema = { type: "number" };
  return {
    name,
    module: "tasks/math.ts",
    export: optional ? "pow" : "add",
    builder: name.slice("tasks.math.".length),
    parameters: optional
      ? [
          { name: "base", schema, text: "base: number" },
          { name: "exp", optional, schema, text: "exp?: number" },
        ]
      : [
          { name: "x", schema, text: "x: number" },
          { name: "y", schema, text: "y: number" },
        ],
    result: schema,
    returns: "number",
    options: { queue: "default" },
    documentation: "Does something.",
    fingerprint: "0",
    codec: "json",
  };
}
