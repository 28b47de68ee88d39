/** ESLint's flat configuration is a program: its list is completed where it can be seen, and left to its owner where it is computed. */
import { exportedList } from "../../source/exported-list.js";
import { type Edit, GLOBS, knowsGenerated } from "./edit.js";
import { appended } from "./list-text.js";

/** The text of eslint.config.* -> what becomes of it. */
export function ignoreInFlatConfig(text: string): Edit {
  if (knowsGenerated(text)) return { kind: "known" };
  const list = exportedList(text);
  const entry = `{ ignores: [${GLOBS.map((glob) => quoted(glob, text)).join(", ")}] }`;
  if (!list) return { kind: "advice", advice: `add this entry to the list it exports: ${entry}` };
  return { kind: "text", text: appended({ text, list, added: [entry], lastComma: true }) };
}

/** In the quotes that the file prefers. */
function quoted(value: string, text: string): string {
  const quote = text.split("'").length > text.split('"').length ? "'" : '"';
  return `${quote}${value}${quote}`;
}
