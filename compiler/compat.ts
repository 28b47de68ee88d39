/**
 * Two manifests -> what changed between them, and whether it is safe for what is in flight: messages and plans that were
 * made with the old contract, and readers that wait for a result.
 */
import type { Manifest, TaskContract } from "../runtime/manifest.js";
import type { Change } from "./compat/change.js";
import { optionChanges } from "./compat/options.js";
import { parameterChanges } from "./compat/parameters.js";
import { resultChanges } from "./compat/result.js";
import { byText } from "./diagnostic.js";

/** Every change between two manifests, by task. */
export function compareManifests(old: Manifest, now: Manifest): Change[] {
  const changes = [
    ...Object.values(old.tasks).flatMap((before) => changesOf(before, now)),
    ...Object.values(now.tasks).flatMap((after) => added(after, old)),
  ];
  return changes.sort(
    (a, b) =>
      byText(a.task, b.task) ||
      byText(a.severity, b.severity) ||
      byText(a.kind, b.kind) ||
      byText(a.message, b.message),
  );
}

/** The task that takes what is sent under a name: the one that is called so, or answers to it. */
export function takerOf(name: string, manifest: Manifest): TaskContract | undefined {
  return Object.hasOwn(manifest.tasks, name) ? manifest.tasks[name] : heirOf(name, manifest);
}

function changesOf(before: TaskContract, now: Manifest): Change[] {
  const after = takerOf(before.name, now);
  if (!after) return [removed(before)];
  const renamed = after.name === before.name ? [] : [renaming(before.name, after.name)];
  return [
    ...renamed,
    ...lostAliases(before, now),
    ...movedAliases(before, after, now),
    ...parameterChanges(before, after),
    ...resultChanges(before, after),
    ...optionChanges(before, after),
  ];
}

/** The task that answers to an older name. */
function heirOf(name: string, { tasks }: Manifest): TaskContract | undefined {
  return Object.values(tasks).find(({ options }) => options.aliases?.includes(name));
}

function removed({ name }: TaskContract): Change {
  return {
    task: name,
    kind: "task-removed",
    severity: "breaking",
    rollout: { workersFirst: "breaking", producersFirst: "breaking" },
    message: "the task is gone",
    why: "messages in flight that name it are set aside, and no worker of the new version ever takes them",
    help: `if it was renamed, add aliases: ["${name}"] to the options of the new one; else drain its queue before the old workers go`,
  };
}

function renaming(before: string, after: string): Change {
  return {
    task: before,
    kind: "task-renamed",
    severity: "safe",
    rollout: { workersFirst: "safe", producersFirst: "waits" },
    message: `the task is called '${after}' now, and still answers to '${before}'`,
    why: "new workers take messages under both names; old workers set the new name aside until a new worker comes",
  };
}

function lostAliases(before: TaskContract, now: Manifest): Change[] {
  const lost = (before.options.aliases ?? []).filter((alias) => !takerOf(alias, now));
  return lost.map((alias) => ({
    task: before.name,
    kind: "alias-removed",
    severity: "breaking",
    rollout: { workersFirst: "breaking", producersFirst: "breaking" },
    message: `it no longer answers to '${alias}'`,
    why: "messages in flight under that name are set aside, and no worker of the new version ever takes them",
    help: "keep the alias until `tqc inspect` shows none of them",
  }));
}

/** What was an alias of one task may be the name of another now: messages in flight under it are that one's. */
function movedAliases(before: TaskContract, after: TaskContract, now: Manifest): Change[] {
  return (before.options.aliases ?? []).flatMap((alias) => {
    const taker = takerOf(alias, now);
    return taker && taker !== after ? parameterChanges({ ...before, name: alias }, taker) : [];
  });
}

function added(after: TaskContract, old: Manifest): Change[] {
  const names = [after.name, ...(after.options.aliases ?? [])];
  if (names.some((name) => Object.hasOwn(old.tasks, name))) return [];
  return [
    {
      task: after.name,
      kind: "task-added",
      severity: "safe",
      rollout: { workersFirst: "safe", producersFirst: "waits" },
      message: "the task is new",
      why: "nothing in flight names it; old workers set it aside until a new worker comes",
    },
  ];
}
