/** Writes what changed since an older contract: text for people, annotations for GitHub. */
import type { Change } from "../build.js";
import { stdoutColors as colors } from "../colors.js";
import { annotation, type Format } from "../report.js";
import { print, tell } from "./print.js";

/** Reports changes, and tells how many there are. Quietly: only what breaks. */
export function reportChanges(
  changes: readonly Change[],
  { format, quiet = false }: { readonly format: Format; readonly quiet?: boolean | undefined },
): void {
  const breaking = changes.filter(({ severity }) => severity === "breaking");
  const shown = quiet ? breaking : changes;
  if (shown.length > 0) print(shown.map(format === "github" ? changeAnnotation : changeText));
  if (!quiet) tell(countOf(changes.length, breaking.length));
}

function countOf(all: number, breaking: number): string {
  if (all === 0) return "nothing changed";
  return `${all} ${all === 1 ? "change" : "changes"}, ${breaking === 0 ? "none" : breaking} breaking`;
}

function changeAnnotation(change: Change): string {
  const { task, severity, message, place } = change;
  const text = [`${task}: ${message}`, ...reasons(change)].map((line) => line.trim()).join("\n");
  const level = severity === "breaking" ? "error" : "notice";
  return annotation({ level, title: `${severity} change`, text, place });
}

function changeText(change: Change): string {
  const { task, severity, message } = change;
  const verdict = severity === "breaking" ? colors.red(severity) : colors.green(severity);
  return [`${verdict}: ${colors.bold(task)}: ${message}`, ...reasons(change, colors.green)].join("\n");
}

function reasons({ rollout, why, help }: Change, paint = (text: string) => text): string[] {
  return [
    `  why: ${why}`,
    `  rollout: new workers first ${rollout.workersFirst}, new producers first ${rollout.producersFirst}`,
    ...(help === undefined ? [] : [`  ${paint("help:")} ${help}`]),
  ];
}
