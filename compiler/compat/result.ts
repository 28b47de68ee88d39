/** What changed in what a task gives. Old readers, and the next steps of old plans, get what new workers return. */
import type { TaskContract } from "../../runtime/manifest.js";
import type { Change } from "./change.js";
import { misfit } from "./misfit.js";

/** The changes of the result. */
export function resultChanges(before: TaskContract, after: TaskContract): Change[] {
  const old = { schema: before.result, definitions: before.definitions ?? {} };
  const now = { schema: after.result, definitions: after.definitions ?? {} };
  const [widened, narrowed] = [misfit(now, old), misfit(old, now)];
  if (!widened && !narrowed) return [];
  if (!widened) {
    return [
      {
        task: before.name,
        kind: "result-narrowed",
        severity: "safe",
        rollout: { workersFirst: "safe", producersFirst: "safe" },
        message: `it returns ${after.returns} now, and returned ${before.returns}`,
        why: "whoever expects the old result can read the new one",
      },
    ];
  }
  return [
    {
      task: before.name,
      kind: narrowed ? "result-changed" : "result-widened",
      severity: "breaking",
      rollout: { workersFirst: "breaking", producersFirst: narrowed ? "breaking" : "safe" },
      message: `it may return what it did not: result${widened.path} may be ${widened.found}, and was ${widened.expected}`,
      why: "readers that wait for a result, and steps that follow in plans in flight, expect the old one",
      help: "make it a new task, or deploy what reads it first and let plans in flight end",
    },
  ];
}
