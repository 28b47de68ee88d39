/** What may happen next in a world. */
import type { Process } from "./process.js";
import type { Step } from "./steps.js";
import type { World } from "./world.js";

const LINES = ["commands", "waiting"] as const;

/** Everything that may happen next. Where nothing will, time passes. */
export function prospectsOf(world: World): Step[] {
  const will = willHappen(world);
  const may = world.crew.flatMap((each) => mayBefall(world, each));
  if (world.pushed > 0 && world.may("cancels")) may.push({ kind: "cancel" });
  const passes = will.length === 0 || world.may(world.still ? "passes" : "late");
  return [...will, ...may, ...(passes && world.nextDue !== undefined ? [{ kind: "pass" } as const] : [])];
}

/** What happens sooner or later, unless something befalls somebody. */
export function willHappen(world: World): Step[] {
  const steps = world.crew.flatMap((each) => willDo(world, each));
  if (world.untold > 0) steps.push({ kind: "wake" });
  if (world.pushed < world.calls) steps.push({ kind: "push" }, { kind: "bring" });
  if (world.leases.some(([, until]) => until <= world.time)) steps.push({ kind: "reap" });
  return steps;
}

function willDo(world: World, each: Process): Step[] {
  const { name: who, state, alive } = each;
  const lease = world.leaseOf(who);
  if (!alive) return state === "dead" && lease > world.time ? [{ kind: "lapse", who }] : [];
  const steps: Step[] = [...each.tasks.keys()].map((run) => ({ kind: "finish", who, run }));
  for (const line of LINES) {
    if (each[line]?.next) steps.push({ kind: "serve", who, line });
    if (each[line]?.hasReply) steps.push({ kind: "answer", who, line });
  }
  if (state !== "leaves" && lease <= world.time) steps.push({ kind: "beat", who });
  return steps;
}

function mayBefall(world: World, each: Process): Step[] {
  const { name: who, state, alive } = each;
  if (!alive) return [];
  const steps: Step[] = [];
  if (state === "works" && world.may("drains")) steps.push({ kind: "drain", who });
  if (world.may("crashes")) steps.push({ kind: "crash", who });
  if (world.leaseOf(who) > world.time && world.may("lapses")) steps.push({ kind: "lapse", who });
  if (!world.may("cuts")) return steps;
  for (const line of LINES) if (each[line]?.sent.length) steps.push({ kind: "cut", who, line });
  return steps;
}
