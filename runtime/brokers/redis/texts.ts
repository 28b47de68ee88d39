/** Submissions and moves -> the arguments of scripts, in the order in which they read them. */
import type { Submission } from "../../broker.js";
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
  list.push(settled.length, ...settled, ready.length);
  for (const { text } of ready) list.push(text);
  return list;
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
