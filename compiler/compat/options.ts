/** What changed in how a task is run. */
import type { TaskContract } from "../../runtime/manifest.js";
import type { Change } from "./change.js";

/** The changes of the options. */
export function optionChanges(before: TaskContract, after: TaskContract): Change[] {
  const keys = [...new Set([...Object.keys(before.options), ...Object.keys(after.options)])].sort();
  const differing = (keys as (keyof TaskContract["options"])[]).filter(
    (key) => key !== "aliases" && JSON.stringify(before.options[key]) !== JSON.stringify(after.options[key]),
  );
  return differing.map((key) => changeOf(key, before, after));
}

function changeOf(key: keyof TaskContract["options"], before: TaskContract, after: TaskContract): Change {
  const [was, is] = [before.options[key], after.options[key]];
  const shown = (value: unknown) => (value === undefined ? "not set" : JSON.stringify(value));
  const message = `${key} is ${shown(is)} now, and was ${shown(was)}`;
  if (key === "ignoreResult" && is === true) return dropped(before.name, message);
  const common = {
    task: before.name,
    severity: "safe",
    rollout: { workersFirst: "safe", producersFirst: "safe" },
    message,
  } as const;
  if (key !== "queue") return { ...common, kind: "option-changed", why: "messages in flight run as they are" };
  return {
    ...common,
    kind: "queue-changed",
    why: "messages in flight stay in the queue they were sent to",
    help: `keep a worker on the queue '${before.options.queue ?? "default"}' (tqc worker -Q) until it is empty`,
  };
}

function dropped(task: string, message: string): Change {
  return {
    task,
    kind: "result-dropped",
    severity: "breaking",
    rollout: { workersFirst: "breaking", producersFirst: "breaking" },
    message,
    why: "readers that wait for its result get undefined",
    help: "deploy what reads it first",
  };
}
