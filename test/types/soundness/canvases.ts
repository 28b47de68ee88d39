/** Random canvases as program text, and ways to wire one wrong. */
import { type PoolTask, pool, refusedBy } from "./pool.js";
import {
  boolean,
  type Dice,
  date,
  fits,
  listOf,
  literalOf,
  number,
  string,
  type Type,
  tupleOf,
  unknown,
} from "./pool-types.js";

/** A canvas as text: what it is open for, as far as its maker knows, and what it returns. */
export interface Canvas {
  readonly text: string;
  readonly open: readonly Type[];
  readonly out: Type;
  readonly isGroup: boolean;
}

const TYPES = [number, string, boolean, date, listOf(number), listOf(string), tupleOf(number, string), unknown];
const plain = (text: string, open: readonly Type[], out: Type): Canvas => ({ text, open, out, isGroup: false });

/** A call: often right, sometimes with an argument or a count of arguments that is wrong. */
function call(task: PoolTask, random: Dice, left: number): Canvas {
  const all = [...task.required, ...task.optional.filter(() => random.chance(0.4))];
  const bound = all.slice(Math.min(left, all.length));
  const args = bound.map((type) => literalOf(random.chance(0.04) ? random.one(TYPES) : type, random));
  if (task.rest && random.chance(0.4)) args.push(literalOf(task.rest, random));
  const kind = left === 0 && random.chance(0.1) ? "si" : "s";
  return plain(`${task.name}.${kind}(${args.join(", ")})`, all.slice(0, left), task.result);
}

/** What can be given one value of a type; now and then, what cannot. */
function after(given: Type, random: Dice, depth: number): Canvas {
  const suitable = pool.filter(({ required: [first] }) => first && fits(given, first));
  const careless = random.chance(0.08) || suitable.length === 0;
  const task = random.one(careless ? pool : suitable);
  const next = call(task, random, careless ? random.below(2) : 1);
  if (depth <= 0) return next;
  switch (random.below(5)) {
    case 0:
      return groupOf([next, after(given, random, depth - 1)]);
    case 1:
      return chainOf([next, after(next.out, random, depth - 1)], random);
    case 2:
      return chordOf([next, after(given, random, depth - 1)], random, depth - 1);
    default:
      return next;
  }
}

function groupOf(members: readonly Canvas[]): Canvas {
  const out: Type = { kind: "tuple", of: members.map((member) => member.out) };
  return {
    text: `group(${members.map(({ text }) => text).join(", ")})`,
    open: members[0]?.open ?? [],
    out,
    isGroup: true,
  };
}

function chainOf([first, ...rest]: readonly [Canvas, ...Canvas[]], random: Dice): Canvas {
  const last = rest.at(-1) ?? first;
  const piped = random.chance(0.3);
  const steps = [first, ...rest].map(({ text }) => text);
  const text = piped
    ? `${steps[0]}${steps
        .slice(1)
        .map((step) => `.pipe(${step})`)
        .join("")}`
    : `chain(${steps.join(", ")})`;
  return plain(text, first.open, last.out);
}

function chordOf(header: readonly Canvas[], random: Dice, depth: number): Canvas {
  const body = after({ kind: "tuple", of: header.map(({ out }) => out) }, random, depth);
  const policy = random.chance(0.1) ? ', { onError: "settle" }' : "";
  return plain(
    `chord([${header.map(({ text }) => text).join(", ")}], ${body.text}${policy})`,
    header[0]?.open ?? [],
    body.out,
  );
}

/** One task over many items. */
function spread(random: Dice): Canvas {
  const task = random.one(pool.filter(({ required }) => required.length > 0));
  const [first] = task.required;
  const items = Array.from({ length: 1 + random.below(3) }, () =>
    literalOf(random.chance(0.1) ? random.one(TYPES) : first!, random),
  );
  const tuples = items.map(
    (item) => `[${[item, ...task.required.slice(1).map((type) => literalOf(type, random))].join(", ")}]`,
  );
  const out = listOf(task.result);
  const forms = [
    `xmap(${call(task, random, 1).text}, [${items.join(", ")}])`,
    `xstarmap(${task.name}.s(), [${tuples.join(", ")}])`,
    `${task.name}.starmap([${tuples.join(", ")}])`,
    `${task.name}.map([${items.join(", ")}])`,
    `chunks([${items.join(", ")}], 2, ${random.one(["sum.s()", "any.s()", 'join.s("-")'])})`,
  ];
  const form = random.below(forms.length);
  return { text: forms[form]!, open: [], out: form === 4 ? unknown : out, isGroup: form < 2 || form === 4 };
}

/** A random canvas with everything that is open given to it. */
export function randomProgram(random: Dice): string {
  const canvas = random.chance(0.15) ? spread(random) : composed(random);
  const dressed = random.chance(0.15) ? `${canvas.text}.link(${after(canvas.out, random, 0).text})` : canvas.text;
  return `${dressed}.delay(${canvas.open.map((type) => literalOf(type, random)).join(", ")})`;
}

function composed(random: Dice): Canvas {
  const first = call(random.one(pool), random, random.below(2));
  if (random.chance(0.2)) return chordOf([first, call(random.one(pool), random, first.open.length)], random, 1);
  const start = random.chance(0.2) ? groupOf([first, first]) : first;
  const steps: [Canvas, ...Canvas[]] = [start];
  for (let i = random.below(4); i > 0; i--) steps.push(after(steps.at(-1)!.out, random, 2));
  return chainOf(steps, random);
}

/** A program that is right but for one thing. */
export function wrongProgram(random: Dice): string {
  const sound = pool.filter(({ required }) => required.length > 0 && required.every((type) => type.kind !== "unknown"));
  const task = random.one(sound);
  const bound = (from: number) => task.required.slice(from).map((type) => literalOf(type, random));
  const given = refusedBy(
    { ...task, required: task.required.slice(0, 1), optional: [], rest: undefined },
    GIVERS.map(({ result }) => result),
  );
  const giver = GIVERS.find(({ result }) => result === given);
  const from = giver
    ? `${giver.name}.s(${giver.required.map((type) => literalOf(type, random)).join(", ")})`
    : undefined;
  const alien = literalOf(refusedBy(task, [boolean, date, string, number])!, random);
  const whole = `${task.name}.s(${bound(0).join(", ")})`;
  const step = `${task.name}.s(${bound(1).join(", ")})`;
  const optional = task.optional.length > 0 || task.rest !== undefined;
  const wrong = [
    `${task.name}.s(${[...bound(0).slice(0, -1), alien].join(", ")}).delay()`,
    `${whole}.delay(${alien})`,
    `${task.name}.si(${[...bound(0).slice(0, -1), alien].join(", ")}).delay()`,
    `chain(${whole}, ${random.one(pool).name}).delay()`,
    `group(${whole}, ${whole}).link(any.s()).delay()`,
    `group(${whole}, ${task.name}).delay()`,
    `chord([${whole}], ${task.name}).delay()`,
    `${whole}.linkError(${task.name}.s(${bound(1).join(", ")})).delay()`,
    `${task.name}.partial({ p9: ${alien} }).delay()`,
    `${task.name}.delay(${bound(1).join(", ")})`,
    `${whole}.pipe(ping.s()).delay()`,
    `xmap(${step}, [${alien}]).delay()`,
    `xstarmap(${task.name}.s(), [[${[alien, ...bound(1)].join(", ")}]]).delay()`,
    ...(from && !optional
      ? [`chain(${from}, ${step}).delay()`, `${from}.pipe(${step}).delay()`, `${from}.link(${step}).delay()`]
      : []),
    ...(from && !optional ? [`chain(${from}, group(any.s(), ${step})).delay()`] : []),
    ...(giver && !optional && !fits(tupleOf(giver.result, giver.result), task.required[0]!)
      ? [`chord([${from}, ${from}], ${step}).delay()`]
      : []),
  ];
  return random.one(wrong);
}

const GIVERS = pool.filter(({ result }) => result.kind !== "unknown");
