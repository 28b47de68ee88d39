/** What a task takes and gives has to travel. */
import type { Problem } from "../diagnostic.js";
import type { Found, FoundParameter, FoundType } from "../scan/found.js";
import type { Remark } from "../shape/remark.js";
import { nameOf } from "../task-name.js";

/** The types of one task that cannot travel, or travel unchecked. */
export function checkTypes(found: Found): Problem[] {
  const task = nameOf(found);
  const ofParameters = found.parameters.flatMap((parameter) =>
    parameter.remarks.map((remark) => problemOf(remark, subjectOf(task, parameter, remark), parameter)),
  );
  const ofResult = found.result.remarks.map((remark) =>
    problemOf(
      remark,
      `task '${task}' returns ${remark.path === "" ? "" : `'${remark.path.replace(/^\./, "")}', `}`,
      found.result,
    ),
  );
  return [...ofParameters, ...ofResult];
}

function subjectOf(task: string, { name, rest }: FoundParameter, { path }: Remark): string {
  return `task '${task}' takes '${rest ? `...${name}` : name}${path}', `;
}

function problemOf(remark: Remark, subject: string, { place }: FoundType): Problem {
  const { code, what, help } = verdict(remark);
  const problem = { code, place, message: `${subject}${what}` } as const;
  return help === undefined ? problem : { ...problem, help };
}

interface Verdict {
  readonly code: Problem["code"];
  readonly what: string;
  readonly help?: string;
}

function verdict({ kind, what }: Remark): Verdict {
  switch (kind) {
    case "function":
      return refused(
        "a function; functions cannot travel",
        "pass the data the callback needs, or make it a task and use chain(this.s(...), callback.s())",
      );
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
    case "endless":
      return {
        code: "TQC2003",
        what: `'${what}', a type without an end`,
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
