/** The table of codes as Markdown: one entry for `tqc explain`, all of them for docs/diagnostics.md. */
import { codes, type Explanation } from "./codes.js";

/** One code's entry. */
export function explanationText(code: string, { severity, title, cause, example, fix }: Explanation): string {
  const block = (text: string) => `\`\`\`ts\n${text}\n\`\`\``;
  return `## ${code}: ${title}\n\n${severity === "error" ? "An error." : "A warning."} ${cause}\n\n${block(example)}\n\nInstead:\n\n${block(fix)}`;
}

/** The page of all codes. */
export function diagnosticsPage(): string {
  const intro = [
    "# Diagnostics",
    "",
    "What the compiler may say, by code. `tqc explain CODE` prints the same. Errors stand in the way of writing; warnings do not.",
    "This page is written from the table in `compiler/codes.ts`.",
  ].join("\n");
  const entries = Object.entries(codes).map(([code, explanation]) => explanationText(code, explanation));
  return `${[intro, ...entries].join("\n\n")}\n`;
}
