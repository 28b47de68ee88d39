/** A run's report -> its canvas as an indented tree, members that are alike in one line: `header[0-197]  resize  SUCCESS`. */
import type { NodeReport, RunReport } from "./run-report.js";
import { lengthText } from "./time-text.js";

/** A place in the canvas: the node that stands there, if one does, and the places below it in the order of the plan. */
interface Place {
  node?: NodeReport;
  readonly below: Map<string, Place>;
}

/** The lines of a run. `paint` may colour a state. */
export function runLines(
  report: RunReport,
  now: number,
  paint: (state: string) => string = (state) => state,
): string[] {
  const root: Place = { below: new Map() };
  for (const node of report.nodes) put(root, node);
  const ended = report.nodes.length - report.open;
  const head = `${report.id}  ${paint(report.state)}  ${ended} of ${report.nodes.length} nodes ended`;
  const own = root.node ? [factsOf(root.node, now, paint)] : [];
  return [head, ...own, ...branches(root, now, paint)];
}

function put(root: Place, node: NodeReport): void {
  let place = root;
  for (const segment of node.path.split("/").filter((part) => part !== "")) {
    const below = place.below.get(segment) ?? { below: new Map() };
    place.below.set(segment, below);
    place = below;
  }
  place.node = node;
}

/** A stretch of neighbours that read the same: `header[3]` to `header[5]`. */
interface Branch {
  readonly name: string;
  readonly first: string;
  last: string;
  readonly text: string;
  readonly lines: readonly string[];
}

function branches(place: Place, now: number, paint: (state: string) => string): string[] {
  const stretches: Branch[] = [];
  for (const [segment, below] of place.below) {
    const [, name = segment, number = ""] = /^(.*)\[(\d+)\]$/.exec(segment) ?? [];
    const text = below.node ? factsOf(below.node, now, paint) : "";
    const lines = branches(below, now, paint);
    const before = stretches.at(-1);
    if (before && folds(before, { name, text, lines })) before.last = number;
    else stretches.push({ name, first: number, last: number, text, lines });
  }
  return stretches.flatMap((stretch, i) => branchLines(stretch, i === stretches.length - 1));
}

/** The steps of a chain differ in what they are, so only members fold. */
function folds(before: Branch, next: Pick<Branch, "name" | "text" | "lines">): boolean {
  const isMember = before.name === "header" || before.name === "group";
  return (
    isMember &&
    before.name === next.name &&
    before.text === next.text &&
    before.lines.join("\n") === next.lines.join("\n")
  );
}

function branchLines({ name, first, last, text, lines }: Branch, isLast: boolean): string[] {
  const place = first === "" ? name : `${name}[${first === last ? first : `${first}-${last}`}]`;
  const count = first === last ? "" : `  x${Number(last) - Number(first) + 1}`;
  const head = `${isLast ? "└" : "├"} ${place}${text && `  ${text}`}${count}`;
  return [head, ...lines.map((line) => `${isLast ? " " : "│"} ${line}`)];
}

function factsOf(node: NodeReport, now: number, paint: (state: string) => string): string {
  const { kind, task, state, worker, started, due, error, progress, setAside, attempt = 0 } = node;
  const running = state === "STARTED" && started !== undefined;
  return [
    kind === "join" ? "join" : task,
    paint(state),
    running && `on ${worker} for ${lengthText(now - Date.parse(started))}`,
    due !== undefined && `due in ${lengthText(Date.parse(due) - now)}`,
    attempt > 0 && `${attempt} failed attempt${attempt === 1 ? "" : "s"}`,
    progress && `${progress.done}${progress.total === undefined ? "" : ` of ${progress.total}`}`,
    setAside !== undefined && `set aside: ${setAside}`,
    error && `${error.name}: ${error.message.split("\n")[0]}`,
  ]
    .filter((part): part is string => typeof part === "string")
    .join("  ");
}
