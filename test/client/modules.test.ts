import { createApp } from "tqc";
import { describe, expect, test } from "vitest";
import { ManifestMismatchError } from "../../runtime/errors.js";
import { contract } from "./contracts.js";

/** A task without parameters, named after its export, in a source file. */
const task = (module: string, path: string) => contract(path, [], { module, export: path });

class Reports {
  readonly made = true;
  static readonly title = "of Reports";
  static render(): string {
    // biome-ignore lint/complexity/noThisInStatic: what it is bound to is the question
    return `rendered by a method ${this.title}`;
  }
}

describe("a source file that is registered by what it exports", () => {
  test("gives each of its tasks the function that the contract points at", () => {
    const app = createApp();
    app.declare(task("a.ts", "one"));
    app.declare(task("b.ts", "two"));
    app.registerModules({ "a.ts": { one: () => "one", two: () => "not declared there" } });
    expect([...app.implementations.keys()]).toEqual(["one"]);
    expect(app.implementations.get("one")?.()).toBe("one");
  });

  test("keeps the class of a static method as its `this`", () => {
    const app = createApp();
    app.declare(task("reports.ts", "Reports.render"));
    app.registerModules({ "reports.ts": { Reports } });
    expect(app.implementations.get("Reports.render")?.()).toBe("rendered by a method of Reports");
  });

  test("leaves out a task that was declared again as another file's", () => {
    const app = createApp();
    app.declare(task("a.ts", "moved"));
    app.declare(task("b.ts", "moved"));
    app.registerModules({ "a.ts": {} });
    expect(app.implementations.size).toBe(0);
    app.registerModules({ "b.ts": { moved: () => "here" } });
    expect(app.implementations.get("moved")?.()).toBe("here");
  });

  test.each(["gone", "Gone.too"])("says that %s is not there, and what to run", (path) => {
    const app = createApp();
    app.declare(task("a.ts", path));
    expect(() => app.registerModules({ "a.ts": {} })).toThrow(ManifestMismatchError);
    expect(() => app.registerModules({ "a.ts": {} })).toThrow(
      `the registry has no function for ${path}: it is undefined; run \`tqc build\``,
    );
  });
});
