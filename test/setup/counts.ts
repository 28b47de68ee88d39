import type { Reporter } from "vitest/node";

/** Ends a run with one plain line, `N passed, N failed`, for people and programs that read only the last. */
export default class Counts implements Reporter {
  onTestRunEnd(...[modules, errors]: Parameters<NonNullable<Reporter["onTestRunEnd"]>>): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      passed += tests.filter((test) => test.result().state === "passed").length;
      const broken = tests.filter((test) => test.result().state === "failed").length;
      // A file that did not load, or whose hooks failed, has no failed test to be counted by.
      failed += broken > 0 || module.ok() ? broken : 1;
    }
    process.once("exit", () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }
}
