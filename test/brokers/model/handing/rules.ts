/** What holds whatever happens. Each rule gives what is wrong, in words; nothing where all is well. */
import { privateOf, privatesOf } from "./privates.js";
import { BASE, type Process } from "./process.js";
import { runOf } from "./view.js";
import { pairsOf, type World } from "./world.js";

const QUEUE = "queue:default:0";
const RESULTS = `${BASE}result:`;

/** What is wrong in a world. */
export function wrongIn(world: World): string[] {
  return [
    ...wrongPlaces(world),
    ...world.crew.flatMap((each) => wrongTickets(world, each)),
    ...(world.still && isOnTime(world) ? wrongWhenStill(world) : []),
  ];
}

/** Where each call is: waiting in a queue, or held by somebody. */
function placesOf(world: World): Map<string, string[]> {
  const places = new Map<string, string[]>();
  const put = (run: string, place: string) => places.set(run, [...(places.get(run) ?? []), place]);
  for (const [key, , , ...parts] of world.entries) {
    const name = key.slice(key.indexOf("}:") + 2);
    if (name.startsWith("queue:")) for (const text of parts) put(runOf(text), name);
    if (name.startsWith("held:")) for (const [, text] of pairsOf(parts)) put(runOf(text), name);
  }
  return places;
}

/** A call is in one place until it has ended, and then in none; one that was revoked in its queue stays there until somebody looks. */
function wrongPlaces(world: World): string[] {
  const places = placesOf(world);
  const wrong: string[] = [];
  for (let number = 1; number <= world.pushed; number++) {
    const run = `r${number}`;
    const found = places.get(run) ?? [];
    const ended = world.get(`result:${run}`).length > 0;
    const dead = world.spent.cancels > 0 && run === "r1" && found.join().startsWith("queue:");
    if (ended && found.length > 0 && !dead) wrong.push(`${run} has ended, and is still in ${found.join(" and ")}`);
    if (!ended && found.length === 0) wrong.push(`${run} is lost`);
    if (found.length > 1) wrong.push(`${run} is in ${found.join(" and ")}`);
  }
  return wrong;
}

/** What a worker runs is its own by the server's books, and what is its own by them it knows of, or will hear of. */
function wrongTickets(world: World, worker: Process): string[] {
  const { name, alive, lapsed, doubts } = worker;
  if (!alive || lapsed) return [];
  const held = new Map(pairsOf(world.get(`held:${name}`)));
  const wrong: string[] = [];
  for (const { ticket } of worker.attempts.attempts()) {
    if (!held.has(ticket)) wrong.push(`${name} runs ${ticket}, which is not its own`);
  }
  const { tickets } = worker;
  const told = JSON.stringify([
    worker.wires.map(({ sent }) => sent.map(({ reply }) => reply?.value)),
    world.get(`hand:${name}`),
  ]);
  for (const ticket of held.keys()) {
    const coming = told.includes(ticket) || told.includes(ticket.replace(/\d+$/, '"'));
    if (!tickets.has(ticket) && !coming && !doubts) wrong.push(`${name} holds ${ticket} and will never know of it`);
  }
  if (world.spent.cuts === 0 && world.get(`held:${name}~lost`).length > 0)
    wrong.push(`${name} was relieved of work that it was handed`);
  return wrong;
}

/** Whether nothing took as long as a wait does, and nobody died who had been told of a call instead of others. */
function isOnTime({ spent }: World): boolean {
  return spent.late + spent.crashes + spent.cuts === 0;
}

/**
 * Where nothing is on its way, nobody waits for a call while a call waits for somebody. Where what was on its way was late, by
 * as long as a wait takes, such a call is heard of when the wait ends.
 */
function wrongWhenStill(world: World): string[] {
  const wrong: string[] = [];
  const [first] = world.get(QUEUE);
  for (const worker of world.crew) {
    if (worker.state !== "works") continue;
    const handed = world.get(`hand:${worker.name}`).find((text) => text !== "");
    if (handed)
      wrong.push(
        `${runOf(handed.slice(handed.indexOf("\n") + 1))} was handed to ${worker.name}, which does not hear of it`,
      );
    const free = worker.attempts.running < worker.concurrency;
    if (first && free) wrong.push(`${runOf(first)} waits, and ${worker.name} has nothing to do`);
  }
  return wrong;
}

/** Whether nothing is left to be done: every call has ended, or waits in its queue and nobody is there. */
export function isOver(world: World): boolean {
  if (!world.still || world.pushed < world.calls) return false;
  const nobody = world.crew.every(({ alive }) => !alive);
  const ended = world.entries.filter(([key]) => key.startsWith(RESULTS)).length;
  const queued = world.get(QUEUE).length;
  return nobody ? ended + queued >= world.calls : ended === world.calls && queued === 0;
}

/** What would stay for ever once all is over. */
export function wrongAtEnd(world: World): string[] {
  const mayStay = new Set(["workers", "cancelled", "queue:default:0"]);
  // How often a call was delivered is known until it has ended.
  if (world.get(QUEUE).length > 0) mayStay.add("deliveries");
  const stays = world.entries.filter(([key, , until]) => until === 0 && !mayStay.has(key.slice(BASE.length)));
  return stays.map(([key]) => `${key} stays`);
}

/** Whether what is thought of the loops is what they know. */
export function wrongShadows(world: World): string[] {
  return world.crew.flatMap(({ name, alive, loop, shadow }) => {
    const known = privatesOf(privateOf(loop, "#appetite"));
    const other = Object.entries(shadow.counts).filter(([field, value]) => alive && known[field] !== value);
    return other.map(
      ([field, value]) => `${name}'s loop has ${field} ${known[field]}, and is thought to have ${value}`,
    );
  });
}
