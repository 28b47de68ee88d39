/** Each option is known, has its type, and goes together with the others. */

import { nearest } from "../../runtime/nearest.js";
import type { Problem } from "../diagnostic.js";
import type { Found, OptionEntry } from "../scan/found.js";
import { nameOf, optionOf } from "../task-name.js";
import { isDuration, kinds, type OptionKind, optionKinds, toMilliseconds } from "./option-kinds.js";

/** All that is wrong with the options of one task. */
export function checkOptions(found: Found): Problem[] {
  const each = found.options.flatMap((entry) => unknownOption(entry) ?? wrongValue(entry) ?? []);
  return [...each, ...givenTwice(found.options), ...contradictions(found), ...unstartable(found), ...idle(found)];
}

function unknownOption({ key, keyPlace }: OptionEntry): Problem | undefined {
  if (Object.hasOwn(optionKinds, key)) return undefined;
  const near = nearest(key, Object.keys(optionKinds));
  const help = near ? `did you mean '${near}'?` : `the options are ${Object.keys(optionKinds).join(", ")}`;
  return { code: "TQC3002", place: keyPlace, message: `there is no option '${key}'`, help };
}

function wrongValue({ key, value, valuePlace }: OptionEntry): Problem | undefined {
  const kind: OptionKind = optionKinds[key as keyof typeof optionKinds];
  if (value === undefined || kinds[kind].fits(value)) return undefined;
  const { expected, help } = kinds[kind];
  const code =
    key === "name" || key === "as" || key === "queue" || key === "aliases" ? nameCode(value, kind) : "TQC3003";
  const message = `option '${key}' is ${JSON.stringify(value)}, but ${expected} was expected`;
  return help === undefined ? { code, place: valuePlace, message } : { code, place: valuePlace, message, help };
}

/** A text that is no name is another mistake than a number where a name belongs. */
function nameCode(value: unknown, kind: OptionKind): "TQC4004" | "TQC3003" {
  const texts = Array.isArray(value) && kind === "names" ? value : [value];
  return texts.every((text) => typeof text === "string") ? "TQC4004" : "TQC3003";
}

function givenTwice(options: readonly OptionEntry[]): Problem[] {
  const written = options.filter(({ spread }) => !spread);
  return written
    .filter(({ key }, i) => written.findIndex((other) => other.key === key) !== i)
    .map(({ key, keyPlace }) => ({
      code: "TQC3007",
      place: keyPlace,
      message: `option '${key}' is given twice`,
      help: "keep one of them",
    }));
}

function contradictions(found: Found): Problem[] {
  const [soft, hard] = [optionOf(found, "softTimeLimit"), optionOf(found, "timeLimit")];
  const problems: Problem[] = [];
  if (isDuration(soft) && isDuration(hard) && toMilliseconds(soft) > toMilliseconds(hard)) {
    problems.push({
      code: "TQC3005",
      place: placeOf(found, "softTimeLimit"),
      message: `softTimeLimit ${told(soft)} is above timeLimit ${told(hard)}: it would never fire`,
      help: "make it the shorter one",
    });
  }
  if (given(found, "schedule") && given(found, "every")) {
    problems.push({
      code: "TQC3005",
      place: placeOf(found, "every"),
      message: "'schedule' and 'every' both say when the task starts",
      help: "keep one of them",
    });
  }
  if (given(found, "timezone") && !given(found, "schedule")) {
    problems.push({
      code: "TQC3005",
      place: placeOf(found, "timezone"),
      message: "'timezone' is that of a 'schedule', and there is none",
      help: "add a schedule, or leave it out",
    });
  }
  return problems;
}

function unstartable(found: Found): Problem[] {
  const required = found.parameters.filter(({ optional, rest }) => !optional && !rest).map(({ name }) => name);
  const key = ["schedule", "every"].find((option) => given(found, option));
  if (key === undefined || required.length === 0) return [];
  const message = `task '${nameOf(found)}' has '${key}', but it needs ${required.join(", ")}, and the clock has no arguments to give`;
  return [
    {
      code: "TQC3006",
      place: placeOf(found, key),
      message,
      help: "give its parameters defaults, or schedule a task without parameters that sends this one",
    },
  ];
}

/** What is pure only computes its value. */
function idle(found: Found): Problem[] {
  const { schema } = found.result;
  const isNothing = typeof schema === "object" && schema["x-tqc"] === "undefined";
  if (optionOf(found, "pure") !== true || !isNothing) return [];
  return [
    {
      code: "TQC3009",
      place: placeOf(found, "pure"),
      message: `task '${nameOf(found)}' is pure, but it returns nothing: what is pure only computes its value`,
      help: "leave 'pure' out, or return what it computes",
    },
  ];
}

function given(found: Found, key: string): boolean {
  return optionOf(found, key) !== undefined;
}

function placeOf(found: Found, key: string): OptionEntry["keyPlace"] {
  return found.options.findLast((entry) => entry.key === key)?.keyPlace ?? found.place;
}

function told(duration: number | string): string {
  return typeof duration === "number" ? `${duration} ms` : `"${duration}"`;
}
