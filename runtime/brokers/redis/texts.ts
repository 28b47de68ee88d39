/** Submissions and moves -> the arguments of scripts, in the order in which they read them. */
import type { ReadyNode, Submission } from "../../broker.js";
import { edgesOf, isJoin, lineOf, readRouting } from "../routing.js";
import type { Argument } from "./scripts.gen.js";

/** A run of one call: nothing but its message travels. */
export function isLone(submission: Submission): boolean {
  return submission.shape === undefined && !submission.chosen && !submission.part && submission.waiting.length === 0;
}

/** The nodes of a submission, as `addNodes` takes them. */
export function nodeArguments(submission: Submission): Argument[] {
  const { ready, waiting, settled, shape = "", aliases = [], stamped = [], expiring = [] } = submission;
  const joins = waiting.filter(([, text]) => isJoin(text));
  const stamps = stamped.flatMap(([stamp, indices]) => indices.map((index) => [stamp, index] as const));
  const list: Argument[] = [shape, rootsOf(submission), waiting.length];
  for (const [index, text] of waiting) list.push(index, text);
  list.push(joins.length);
  for (const [index, text] of joins) list.push(index, lineOf(text, 0).split(" ")[2] ?? "0");
  list.push(aliases.length);
  for (const [alias, index] of aliases) list.push(alias, index);
  list.push(stamps.length);
  for (const [stamp, index] of stamps) list.push(stamp, index);
  list.push(expiring.length);
  for (const [index, at] of expiring) list.push(at, index);
  list.push(settled.length, ...settled);
  pushReady(list, ready);
  return list;
}

/** Calls that can start, in stretches: what all of one have in common is said once, so no script has to look for it. */
function pushReady(list: Argument[], ready: readonly ReadyNode[]): void {
  const stretches: ReadyNode[][] = [];
  for (const node of ready) {
    const latest = stretches.at(-1);
    if (latest?.[0] && isAlike(latest[0], node)) latest.push(node);
    else stretches.push([node]);
  }
  list.push(stretches.length);
  for (const stretch of stretches) {
    const [{ queue, priority, delay }] = stretch as [ReadyNode];
    list.push(queue, priority, delay, stretch.length);
    for (const { text } of stretch) list.push(text);
  }
}

function isAlike(one: ReadyNode, other: ReadyNode): boolean {
  return one.queue === other.queue && one.priority === other.priority && one.delay === other.delay;
}

/** The edges of the calls that can start, in stretches of like edges: what revoking them follows. */
function rootsOf({ ready }: Submission): string {
  const lines: string[] = [];
  let stretch: { first: number; last: number; edges: string } | undefined;
  const close = () => {
    if (!stretch) return;
    const { first, last, edges } = stretch;
    lines.push(`${first === last ? first : `${first}-${last}`} ${edges}\n`);
  };
  for (const { text, index = readRouting(text).index, edges = edgesOf(text) } of ready) {
    if (stretch?.last === index - 1 && stretch.edges === edges) stretch.last = index;
    else {
      close();
      stretch = { first: index, last: index, edges };
    }
  }
  close();
  return lines.join("");
}

/** What makes joins grow, as `storeGrown` takes it. */
export function growArguments({ grows = [] }: Submission): Argument[] {
  return [grows.length, ...grows.flat()];
}
