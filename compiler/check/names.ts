/** Names are unique, on the wire and in the generated module. */
import { taken } from "../../templates/taken.js";
import type { Problem } from "../diagnostic.js";
import type { Found } from "../scan/found.js";
import { builderOf, nameOf, optionOf } from "../task-name.js";

/** All that is wrong with the names of all tasks together. */
export function checkNames(tasks: readonly Found[]): Problem[] {
  return [...clashes(tasks), ...builderClashes(tasks), ...tasks.flatMap(takenName), ...tasks.flatMap(outsideRoot)];
}

function clashes(tasks: readonly Found[]): Problem[] {
  const owner = new Map<string, Found>();
  const problems: Problem[] = [];
  for (const found of tasks) {
    const aliases = optionOf(found, "aliases");
    for (const name of new Set([nameOf(found), ...(Array.isArray(aliases) ? aliases.map(String) : [])])) {
      const other = owner.get(name);
      if (!other) owner.set(name, found);
      else
        problems.push({
          code: "TQC4001",
          place: found.place,
          message: `the name '${name}' is taken by ${whereIs(other)}`,
          help: "set `name` in the options of one of them",
        });
    }
  }
  return problems;
}

/** A builder's name is a path: `Reports` cannot be a task while `Reports.render` is one. */
function builderClashes(tasks: readonly Found[]): Problem[] {
  const owner = new Map<string, { readonly found: Found; readonly path: string }>();
  const problems: Problem[] = [];
  for (const found of tasks) {
    const path = builderOf(found);
    const head = path.split(".", 1)[0]!;
    const same = owner.get(path) ?? owner.get(head);
    const clash = same && (same.path === path || !sameClass(same, { found, path })) ? same : undefined;
    if (clash) problems.push(builderClash(found, head === path || clash.path === path ? path : head, clash.found));
    owner.set(path, { found, path });
    if (!owner.has(head)) owner.set(head, { found, path });
  }
  return problems;
}

/** Two static methods of one class share the class's name. */
function sameClass(
  a: { readonly found: Found; readonly path: string },
  b: { readonly found: Found; readonly path: string },
): boolean {
  return a.found.module === b.found.module && a.path.includes(".") && b.path.includes(".");
}

function builderClash(found: Found, name: string, other: Found): Problem {
  const message = `the builder '${name}' would be exported twice: ${whereIs(other)} has that name already`;
  return {
    code: "TQC4002",
    place: found.place,
    message,
    help: `set \`as\` in the options: @task { as: "${suggestion(found)}" }`,
  };
}

/** `send` in `mail/outbox.ts` -> `outboxSend`. */
function suggestion(found: Found): string {
  const file = found.module
    .replace(/^.*\//, "")
    .replace(/\.[^.]+$/, "")
    .replace(/[^\p{ID_Continue}]+/gu, "_");
  const last = builderOf(found).split(".").at(-1)!;
  return `${file}${last[0]!.toUpperCase()}${last.slice(1)}`;
}

function takenName(found: Found): Problem[] {
  const head = builderOf(found).split(".", 1)[0]!;
  const by = taken(head);
  if (by === undefined) return [];
  const message = `the builder would be called '${head}', which is ${by}`;
  return [
    { code: "TQC4003", place: found.place, message, help: `set \`as\` in the options: @task { as: "${head}Task" }` },
  ];
}

/** Names start at the source root; a file that is not below it has none to give. */
function outsideRoot(found: Found): Problem[] {
  if (!found.module.startsWith("../") || optionOf(found, "name") !== undefined) return [];
  const message = `'${found.label ?? found.export}' is in ${found.module}, outside the source root, where its name would start`;
  const help = "set `rootDir` in tqc.config.ts to a folder above both, or `name` in the options";
  return [{ code: "TQC4005", place: found.place, message, help }];
}

function whereIs(found: Found): string {
  return `${found.label ?? found.export} in ${found.module}:${found.place.line}`;
}
