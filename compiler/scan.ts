/** Source -> tasks, as plain values. After this, nothing knows the type checker. */

import type { Problem } from "./diagnostic.js";
import { contractOf } from "./scan/contract.js";
import { cutComments } from "./scan/cut.js";
import { exportsOf } from "./scan/exports.js";
import type { Found, Scanned } from "./scan/found.js";
import { isProblem, judge, type Mark } from "./scan/marks.js";
import { type Options, readOptions } from "./scan/options.js";
import { placeAt, placeOf } from "./scan/place.js";
import { reachable } from "./scan/reachable.js";
import { sightingsIn } from "./scan/sightings.js";
import { commentScope, programScope } from "./scan/static.js";
import { commentsOf, parseOptions, type Tag } from "./scan/tag.js";
import { Shaper } from "./shape.js";
import { touchedSince } from "./source/touched.js";
import { ts } from "./source/ts-morph.js";
import { moduleOf, type Source } from "./source.js";

/** A scan, with what the next one can take over from it. */
export interface Scan extends Scanned {
  readonly source: Source;
  readonly shaper: Shaper;
  readonly byFile: ReadonlyMap<string, InFile>;
}

/** What a file holds. */
interface InFile {
  readonly tasks: readonly Found[];
  readonly problems: readonly Problem[];
}

/** Finds every task of a project. What no change has touched since an earlier scan is taken over from it. */
export function scan(source: Source, before?: Scan): Scan {
  const touched = before && touchedSince(before.source, source);
  const shaper = new Shaper(source.program, source.checker, touched && before?.shaper);
  const byFile = new Map<string, InFile>();
  for (const file of source.files) {
    const kept = touched?.has(file.fileName) === false ? before?.byFile.get(file.fileName) : undefined;
    byFile.set(file.fileName, kept ?? scanFile(file, source, shaper));
  }
  const all = [...byFile.values()];
  const [tasks, problems] = [all.flatMap((one) => one.tasks), all.flatMap((one) => one.problems)];
  shaper.tidy((entries) => reachable(tasks, entries));
  return { tasks, problems, entries: shaper.entries, source, shaper, byFile };
}

function scanFile(file: ts.SourceFile, source: Source, shaper: Shaper): InFile {
  const tasks: Found[] = [];
  const { marks, wrong: problems } = marksIn(file, source);
  const module = moduleOf(source.layout, file.fileName);
  for (const mark of marks) {
    const contract = contractOf(mark, shaper);
    const options = optionsOf(mark, shaper);
    problems.push(...options.problems);
    if (isProblem(contract)) problems.push(contract);
    else tasks.push({ ...identity(mark, module), ...contract, options: options.entries });
  }
  return { tasks, problems };
}

/** The marks of a file, each thing once. */
function marksIn(file: ts.SourceFile, { program, checker }: Source): { marks: Mark[]; wrong: Problem[] } {
  const unparsed = program.getSyntacticDiagnostics(file);
  const cut = unparsed.length > 0 ? cutComments(file) : [];
  if (cut.length > 0) return { marks: [], wrong: cut };
  const sightings = sightingsIn(file, checker);
  if (sightings.length === 0) return { marks: [], wrong: [] };
  const wrong = unparsed.map(syntaxProblem);
  if (wrong.length > 0) return { marks: [], wrong };
  const exports = exportsOf(file);
  const marks = new Map<ts.Node, Mark>();
  for (const sighting of sightings) {
    const judged = judge(sighting, exports);
    if (isProblem(judged)) wrong.push(judged);
    else if (marks.has(judged.declaration)) wrong.push(markedTwice(judged));
    else marks.set(judged.declaration, judged);
  }
  return { marks: [...marks.values()], wrong };
}

function syntaxProblem({ file, start, length, messageText }: ts.DiagnosticWithLocation): Problem {
  const message = `this does not parse: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  return { code: "TQC1013", place: placeAt(file, start, start + length), message };
}

function markedTwice(mark: Mark): Problem {
  const message = `'${mark.export}' is marked as a task twice`;
  return { code: "TQC1010", place: placeOf(mark.name), message, help: "keep the tag, or the decorator, or task(...)" };
}

function identity(mark: Mark, module: string): Pick<Found, "module" | "export" | "label" | "place" | "documentation"> {
  const place = placeOf(mark.name);
  return { module, export: mark.export, label: mark.label, place, documentation: documentationOf(mark.declaration) };
}

function documentationOf(declaration: ts.Node): string {
  return (ts.getTextOfJSDocComment(commentsOf(declaration).at(-1)?.comment) ?? "").replaceAll("\r\n", "\n").trim();
}

const NONE: Options = { entries: [], problems: [] };

function optionsOf({ sighting, declaration }: Mark, { checker }: Shaper): Options {
  switch (sighting.kind) {
    case "stray":
      return NONE;
    case "decorator":
      return sighting.options ? readOptions(sighting.options, programScope(checker), placeOf) : NONE;
    case "call": {
      const [first, second] = sighting.node.arguments;
      return first && second ? readOptions(first, programScope(checker), placeOf) : NONE;
    }
    case "tag":
      return sighting.tag.options ? optionsOfTag(sighting.tag.options, declaration, checker) : NONE;
  }
}

function optionsOfTag(options: NonNullable<Tag["options"]>, declaration: ts.Node, checker: ts.TypeChecker): Options {
  const file = declaration.getSourceFile();
  const parsed = parseOptions(options);
  const refused = (at: number, why: string): Options => {
    const message = `the text after @task is not an object of options: ${why}`;
    const help = 'write @task { queue: "images" }, or nothing after @task';
    return { entries: [], problems: [{ code: "TQC3001", place: placeAt(file, at, options.end), message, help }] };
  };
  if ("message" in parsed && options.text.startsWith("{")) return refused(parsed.at, parsed.message.replace(/\.$/, ""));
  if ("message" in parsed || !ts.isObjectLiteralExpression(parsed))
    return refused(options.start, `it is '${options.text.split("\n", 1)[0]}'`);
  return readOptions(parsed, commentScope(checker, declaration), (node) =>
    placeAt(file, node.getStart(), node.getEnd()),
  );
}
