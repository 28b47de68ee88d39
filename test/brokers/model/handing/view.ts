/** A world as a text: worlds of which the text is the same go on in the same ways. */
import type { Entry } from "./database.js";
import { BASE } from "./process.js";
import { pairsOf, type World } from "./world.js";

/** The text of a world. Which worker is which makes no difference, nor what turns are called, nor what time it is. */
export function viewOf(world: World): string {
  const { pushed, untold, spent } = world;
  const ended = new Set(world.entries.flatMap(([key]) => (key.startsWith(RESULT) ? key.slice(RESULT.length) : [])));
  const stored = world.entries.flatMap((entry) => storedIn(entry, world.time)).map((each) => JSON.stringify(each));
  const crew = world.crew.map((each) => JSON.stringify(each.view((run) => ended.has(run))));
  const texts = ordersOf(world.crew.map(({ name }) => name)).map((order) => {
    const renamed = (text: string) => text.replace(/\bw\d+\b/g, (name) => `W${order.indexOf(name)}`);
    const parts = [...stored.map(renamed).sort(), ...crew.map(renamed).sort()];
    return nameless(`${parts.join("\n")}\n${JSON.stringify([pushed, untold, spent])}`);
  });
  return texts.sort()[0] ?? "";
}

const RESULT = `${BASE}result:`;

/** What a key holds, as far as it matters to what can follow. */
function storedIn([key, , until, ...parts]: Entry, now: number): unknown[] {
  const [kind = "", name = ""] = key.slice(BASE.length).split(/:(.*)/s);
  switch (kind) {
    // What workers say of themselves and of what they have done.
    case "worker":
    case "history":
    case "counted":
    case "recent":
      return [];
    case "queue":
      return [[kind, parts.map(runOf)]];
    case "held":
      return [[kind, name, pairsOf(parts).map(([ticket, text]) => [ticket, runOf(text)])]];
    case "hand":
      return [[kind, name, parts.map((text) => text.split("\n")[0])]];
    case "waiting":
      return [[kind, name, parts[0], until - now]];
    case "idle":
      return [
        [kind, parts.length === 2 ? parts[1] : pairsOf(parts).map(([score, worker]) => [Number(score) - now, worker])],
      ];
    case "workers":
      return [
        [
          kind,
          pairsOf(parts)
            .map(([score, worker]) => `${worker} ${Number(score) > now}`)
            .sort(),
        ],
      ];
    case "deliveries":
      return [[kind, pairsOf(parts).map(([node]) => node)]];
    case "result":
    case "reaped":
      return [[kind, name]];
    default:
      return [[key, ...parts]];
  }
}

/** The run of a message. */
export function runOf(text: string): string {
  return text.slice(0, text.indexOf(" "));
}

/** Turns by the order in which they come up, and tickets without their time. */
function nameless(text: string): string {
  const known = new Map<string, number>();
  return text.replace(/(?:\d+-)?(w\d+turn\d+x)/g, (_, turn: string) => {
    const number = known.get(turn) ?? known.size;
    known.set(turn, number);
    return `#${number}`;
  });
}

function ordersOf(names: readonly string[]): string[][] {
  if (names.length < 2) return [[...names]];
  return names.flatMap((first) => ordersOf(names.filter((name) => name !== first)).map((rest) => [first, ...rest]));
}
