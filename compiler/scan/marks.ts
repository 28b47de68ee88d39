/** Sighting -> mark: what is marked, where it is exported, and with which options; or what is wrong with it. */

import type { Place, Problem } from "../diagnostic.js";
import { ts } from "../source/ts-morph.js";
import { type Exports, hasModifier } from "./exports.js";
import { placeAt, placeOf } from "./place.js";
import type { Sighting } from "./sightings.js";
import { wholeOf } from "./unwrapped.js";

/** A task, as far as the syntax tells. */
export interface Mark {
  readonly sighting: Sighting;
  /** The declaration, whose doc comment is the task's. */
  readonly declaration: ts.Node;
  /** What has the call signature. */
  readonly callable: ts.Node;
  /** What to point at when the whole is meant. */
  readonly name: ts.Node;
  /** The path of the export. */
  readonly export: string;
  readonly label: string | undefined;
}

type Judged = Mark | Problem;

/** Whether a judgement is a problem. */
export function isProblem(judged: object): judged is Problem {
  return "code" in judged;
}

/** Judges one sighting. */
export function judge(sighting: Sighting, exports: Exports): Judged {
  switch (sighting.kind) {
    case "stray":
      return strayProblem(sighting);
    case "tag":
      return subject(sighting.node, sighting, exports);
    case "decorator":
      if (!ts.isFunctionDeclaration(sighting.node)) return subject(sighting.node, sighting, exports);
      return problem(
        "TQC1005",
        placeOf(sighting.decorator),
        `@task decorates the function '${sighting.node.name?.text ?? "default"}'; decorators stand on members of classes only`,
        "write it as a tag: /** @task */",
      );
    case "call":
      return subject(sighting.node, sighting, exports);
  }
}

function strayProblem({ node, start }: Extract<Sighting, { kind: "stray" }>): Problem {
  const place = placeAt(node.getSourceFile(), start, start + "@task".length);
  return problem(
    "TQC1001",
    place,
    "this @task stands in the middle of a line, where it marks nothing",
    "put it at the start of a line of its own, or in backticks if it is prose",
  );
}

/** What a sighting marks, by the kind of node it is on. */
function subject(node: ts.Node, sighting: Sighting, exports: Exports): Judged {
  if (ts.isFunctionDeclaration(node)) return ofFunction(node, sighting, exports);
  if (ts.isMethodDeclaration(node)) return ofMethod(node, sighting, exports);
  if (ts.isVariableStatement(node)) {
    const [declaration] = node.declarationList.declarations;
    return declaration ? ofVariable(declaration, sighting, exports) : notFunction(node, sighting);
  }
  if (ts.isVariableDeclaration(node)) return ofVariable(node, sighting, exports);
  if (ts.isExportAssignment(node)) return ofDefault(node, sighting);
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isCallExpression(node)) {
    const whole = wholeOf(node);
    if (ts.isVariableDeclaration(whole) || ts.isExportAssignment(whole)) return subject(whole, sighting, exports);
  }
  return sighting.kind === "call" ? misplacedCall(sighting.node) : notFunction(node, sighting);
}

function ofFunction(node: ts.FunctionDeclaration, sighting: Sighting, exports: Exports): Judged {
  const label = node.name?.text;
  if (!ts.isSourceFile(node.parent)) return nested(node.name ?? node, label);
  if (hasModifier(node, ts.SyntaxKind.DeclareKeyword)) {
    const message = `'${label}' is only declared here; there is no function to run`;
    return problem("TQC1002", placeOf(node.name ?? node), message, "put the tag on the function itself");
  }
  const isDefault = hasModifier(node, ts.SyntaxKind.DefaultKeyword);
  const found = label === undefined ? (isDefault ? [{ name: "default", node }] : []) : exports.get(label);
  return once(found, node.name ?? node, label, (name) => ({
    sighting,
    declaration: node,
    callable: node,
    name: node.name ?? node,
    export: name,
    label,
  }));
}

function ofVariable(node: ts.VariableDeclaration, sighting: Sighting, exports: Exports): Judged {
  if (!node.initializer || !ts.isIdentifier(node.name)) return notFunction(node, sighting);
  const statement = node.parent.parent;
  if (!ts.isVariableStatement(statement) || !ts.isSourceFile(statement.parent)) {
    return sighting.kind === "call" ? misplacedCall(sighting.node) : nested(node.name, node.name.text);
  }
  // A declared type is what callers see, whatever the value could do beyond it.
  const callable = node.type ? node : sighting.kind === "call" ? given(sighting.node) : node.initializer;
  const label = node.name.text;
  return once(exports.get(label), node.name, label, (name) => ({
    sighting,
    declaration: statement,
    callable,
    name: node.name,
    export: name,
    label,
  }));
}

/** What `task(…)` was given last; the call itself where it was given nothing. */
function given(call: ts.CallExpression): ts.Node {
  return call.arguments.at(-1) ?? call;
}

function ofDefault(node: ts.ExportAssignment, sighting: Sighting): Judged {
  const callable = sighting.kind === "call" ? given(sighting.node) : node.expression;
  const isNamed = (ts.isFunctionExpression(callable) || ts.isArrowFunction(callable)) && callable.name;
  const label = isNamed ? isNamed.text : ts.isIdentifier(callable) ? callable.text : undefined;
  return { sighting, declaration: node, callable, name: callable, export: "default", label };
}

function ofMethod(node: ts.MethodDeclaration, sighting: Sighting, exports: Exports): Judged {
  const owner = node.parent;
  const name = node.name.getText();
  if (!ts.isClassDeclaration(owner)) return notFunction(node, sighting);
  const title = `${owner.name?.text ?? "the class"}.${name}`;
  const { StaticKeyword, PrivateKeyword, ProtectedKeyword } = ts.SyntaxKind;
  if (!hasModifier(node, StaticKeyword)) return notStatic(node, title, "an instance method");
  const hidden =
    ts.isPrivateIdentifier(node.name) || hasModifier(node, PrivateKeyword) || hasModifier(node, ProtectedKeyword);
  if (hidden) return notStatic(node, title, "not public");
  if (!ts.isIdentifier(node.name)) return notStatic(node, title, "not named by an identifier");
  if (!ts.isSourceFile(owner.parent)) return nested(node.name, title);
  const isDefault = hasModifier(owner, ts.SyntaxKind.DefaultKeyword);
  const found = owner.name ? exports.get(owner.name.text) : isDefault ? [{ name: "default", node: owner }] : [];
  return once(found, owner.name ?? node.name, title, (path) => ({
    sighting,
    declaration: node,
    callable: node,
    name: node.name,
    export: `${path}.${name}`,
    label: `${owner.name?.text ?? "default"}.${name}`,
  }));
}

/** A task is exported, and once. */
function once(
  found: readonly { readonly name: string; readonly node: ts.Node }[] | undefined,
  name: ts.Node,
  label: string | undefined,
  mark: (path: string) => Mark,
): Judged {
  const [first, second] = found ?? [];
  const title = label ?? "this function";
  if (!first)
    return problem(
      "TQC1003",
      placeOf(name),
      `'${title}' is marked as a task, but its module does not export it`,
      `export it: a worker takes tasks from the exports of modules`,
    );
  if (!second && !isIdentifierText(first.name))
    return problem(
      "TQC4004",
      placeOf(first.node),
      `'${title}' is exported as ${JSON.stringify(first.name)}, which is not an identifier`,
      "export it under a name that is one",
    );
  if (!second) return mark(first.name);
  return problem(
    "TQC1009",
    placeOf(second.node),
    `'${title}' is exported twice from its module, as '${first.name}' and as '${second.name}'`,
    "keep one of the exports; `as` in the options gives its builder another name, `aliases` keeps older names",
  );
}

function isIdentifierText(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}

function notStatic(node: ts.MethodDeclaration, title: string, what: string): Problem {
  return problem(
    "TQC1004",
    placeOf(node.name),
    `'${title}' is marked as a task, but it is ${what}; a worker can only call public static methods`,
    "make it `static`, or an exported function",
  );
}

function notFunction(node: ts.Node, sighting: Sighting): Problem {
  if (ts.isPropertyDeclaration(node) || ts.isAccessor(node) || ts.isConstructorDeclaration(node)) {
    return problem(
      "TQC1004",
      markPlace(sighting),
      `@task stands on ${describe(node)}; it belongs on a public static method`,
    );
  }
  return problem(
    "TQC1002",
    markPlace(sighting),
    `@task stands on ${describe(node)}, which is not a function`,
    "a task is an exported function, an arrow function in an exported constant, or a static method",
  );
}

function nested(node: ts.Node, title: string | undefined): Problem {
  return problem(
    "TQC1012",
    placeOf(node),
    `'${title ?? "this function"}' is marked as a task, but it stands inside something else`,
    "move it to the top of the module and export it",
  );
}

function misplacedCall(call: ts.CallExpression): Problem {
  return problem(
    "TQC1006",
    placeOf(call.expression),
    "this task(...) is not the value of an exported constant",
    "write `export const name = task(...)` at the top of the module",
  );
}

/** Where the mark itself stands. */
export function markPlace(sighting: Sighting): Place {
  switch (sighting.kind) {
    case "stray":
    case "call":
      return placeOf(sighting.node);
    case "decorator":
      return placeOf(sighting.decorator);
    case "tag":
      return placeAt(sighting.node.getSourceFile(), sighting.tag.start, sighting.tag.end);
  }
}

function describe(node: ts.Node): string {
  const name = (node as ts.Node & { readonly name?: ts.Node }).name?.getText();
  const kind = ts.SyntaxKind[node.kind].replace(/(?:Declaration|Signature|Statement)$/, "");
  const words = KINDS[kind] ?? kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return name === undefined ? words : `${words} '${name}'`;
}

const KINDS: Readonly<Record<string, string>> = {
  Class: "the class",
  Interface: "the interface",
  TypeAlias: "the type",
  Enum: "the enum",
  Module: "the namespace",
  Property: "the property",
  PropertyAssignment: "the property",
  GetAccessor: "the getter",
  SetAccessor: "the setter",
  Variable: "the constant",
  FirstStatement: "a constant",
  Method: "the method",
  EndOfFileToken: "nothing",
};

function problem(code: Problem["code"], place: Place, message: string, help?: string): Problem {
  return help === undefined ? { code, place, message } : { code, place, message, help };
}
