/** `tqc explain CODE`: what a diagnostic means, with an example and its fix. */
import { Command } from "commander";
import { nearest } from "../../runtime/nearest.js";
import { codes, explanationOf } from "../codes.js";
import { explanationText } from "../explain.js";
import { UsageError } from "../usage-error.js";
import { print, printJson } from "./print.js";

/** The command. */
export function explainCommand(): Command {
  return new Command("explain")
    .description("say what a diagnostic's code means")
    .argument("<code>", "such as TQC2001")
    .option("--json", "as JSON")
    .action(explain);
}

function explain(text: string, { json }: { readonly json?: boolean }): void {
  const found = explanationOf(text);
  if (!found) {
    const near = nearest(text.toUpperCase(), Object.keys(codes));
    throw new UsageError(
      `there is no code '${text}'${near ? `; did you mean ${near}?` : ""} (docs/diagnostics.md lists all)`,
    );
  }
  const [code, explanation] = found;
  if (json) printJson({ version: 1, code, ...explanation });
  else print([explanationText(code, explanation)]);
}
