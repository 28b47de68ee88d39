/** What a task takes and gives has to travel. */
import type { Place, Problem } from "../diagnostic.js";
import type { Found } from "../scan/found.js";
import type { Remark } from "../shape/remark.js";
import { builderOf, nameOf } from "../task-name.js";

/** The types of one task that cannot travel, or travel unchecked. */
export function checkTravel(found: Found): Problem[] {
  const ofParameters = found.parameters.flatMap((parameter) =>
    distinct(parameter.remarks).map((remark) => {
      const subject = `takes '${parameter.rest ? "..." : ""}${parameter.name}${shortened(remark.path)}'`;
      return problemOf(found, remark, { subject, place: parameter.place, help: helpFor(found, remark) });
    }),
  );
  const ofResult = distinct(found.result.remarks).map((remark) => {
    const subject = `returns${remark.path === "" ? "" : ` '${shortened(remark.path).replace(/^\./, "")}'`}`;
    return problemOf(found, remark, { subject, place: found.result.place, help: undefined });
  });
  return [...ofParameters, ...ofResult];
}

/** A type without an end is told once. */
function distinct(remarks: readonly Remark[]): readonly Remark[] {
  const endless = remarks.find(({ kind }) => kind === "endless");
  return endless ? [endless] : remarks;
}

const LONGEST = 50;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

interface Told {
  readonly subject: string;
  readonly place: Place;
  readonly help: string | undefined;
}

function problemOf(found: Found, remark: Remark, { subject, place, help }: Told): Problem {
  const verdict = verdictOn(remark);
  const comma = remark.path === "" && subject === "returns" ? " " : ", ";
  const message = `task '${nameOf(found)}' ${subject}${comma}${verdict.what}`;
  return { code: verdict.code, place, message, help: help ?? verdict.help };
}

/** A callback among the arguments is most often meant to be the next step. */
function helpFor(found: Found, { kind, path }: Remark): string | undefined {
  if (kind !== "function") return undefined;
  const callback = /\.([\w$]+)$/.exec(path)?.[1] ?? "next";
  return `pass the data the callback needs, or make it a task and use chain(${builderOf(found)}.s(...), ${callback}.s())`;
}

interface Verdict {
  readonly code: Problem["code"];
  readonly what: string;
  readonly help: string;
}

function verdictOn({ kind, what }: Remark): Verdict {
  switch (kind) {
    case "function":
      return refused("a function; functions cannot travel", "return data, and let the caller do the rest");
    case "constructor":
      return refused(
        `the class '${what}' itself; classes cannot travel`,
        "pass a name, and look the class up where the task runs",
      );
    case "symbol":
      return refused("a symbol; symbols cannot travel", "use a text");
    case "promise":
      return refused(`a ${what}; promises cannot travel`, "await it first, and pass its value");
    case "weak":
      return refused(`a ${what}; what it refers to lives in one process`, "use a Map or a Set");
    case "iterator":
      return refused(`${article(what)}; iterators cannot travel`, "collect it into an array first");
    case "stream":
      return refused(`${article(what)}; streams cannot travel`, "pass a path or a URL to read it from, or its bytes");
    case "class":
      return {
        code: "TQC2004",
        what: `an instance of class '${what}', which has no codec`,
        help: `declare one beside the class: codec(${what}, { name: "${what}", encode, decode }); or take a plain object`,
      };
    case "instance":
      return refused(
        `${article(what)}, which has methods; objects with methods cannot travel`,
        "pass the data it holds",
      );
    case "getter":
      return refused(
        "a getter; what an object works out cannot travel",
        "declare a plain property, and pass its value",
      );
    case "endless":
      return {
        code: "TQC2003",
        what: `'${shortened(what)}', a type without an end`,
        help: "make it recursive through one named type",
      };
    case "parameter":
      return refused(`'${what}', a type that depends on the caller`, "name the type");
    case "any":
    case "unknown":
      return {
        code: "TQC2002",
        what: `'${what}', which travels unchecked`,
        help: "say what it is, and callers are checked",
      };
    case "unresolved":
      return {
        code: "TQC2002",
        what: "a type that TypeScript cannot resolve; it travels unchecked",
        help: "see what tsc says about this file",
      };
  }
}

function refused(what: string, help: string): Verdict {
  return { code: "TQC2001", what, help };
}

function article(noun: string): string {
  return `${/^[AEIOU]/.test(noun) ? "an" : "a"} ${noun}`;
}
