/** Writes diagnostics where they belong: for people and GitHub to where they look, for programs to stdout. */
import type { Diagnostic } from "../diagnostic.js";
import { countOf, type Format, githubReport, jsonDiagnostics, prettyReport } from "../report.js";
import { printJson, tell } from "./print.js";

/** Reports, and tells how many there are. */
export function reportDiagnostics(diagnostics: readonly Diagnostic[], format: Format): void {
  switch (format) {
    case "json":
      printJson({ version: 1, diagnostics: jsonDiagnostics(diagnostics) });
      return;
    case "github":
      // GitHub reads annotations from either stream.
      if (diagnostics.length > 0) tell(githubReport(diagnostics));
      return;
    case "pretty":
      if (diagnostics.length > 0) tell(`${prettyReport(diagnostics, process.cwd())}\n${countOf(diagnostics)}`);
  }
}
