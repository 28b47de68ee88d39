/** Values as text, the same bytes for the same value. */

const WIDTH = 120;

/** A value as JSON: on one line where it fits, else one line per entry. */
export function json(value: unknown, indent = "", lead = 0): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  const line = oneLine(value, WIDTH - indent.length - lead);
  if (line !== undefined) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${json(item, inner, 1)}`);
    return `[\n${items.join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value).map(([key, part]) => {
    const name = JSON.stringify(key);
    return `${inner}${name}: ${json(part, inner, name.length + 3)}`;
  });
  return `{\n${entries.join(",\n")}\n${indent}}`;
}

/** A text as a template literal that says the same. */
export function quoted(text: string): string {
  return `\`${text.replace(/[\\`]|\$\{/g, "\\$&")}\``;
}

/** A value on a line shorter than `width`; undefined where it does not fit, known as soon as it is too long. */
function oneLine(value: unknown, width: number): string | undefined {
  if (typeof value !== "object" || value === null) return fitting(scalar(value), width);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return fitting(isList ? "[]" : "{}", width);
  let line = isList ? "[" : "{ ";
  for (const [i, [key, part]] of entries.entries()) {
    line += `${i === 0 ? "" : ", "}${isList ? "" : `${JSON.stringify(key)}: `}`;
    const text = oneLine(part, width - line.length);
    if (text === undefined) return undefined;
    line += text;
  }
  return fitting(`${line}${isList ? "]" : " }"}`, width);
}

function fitting(text: string, width: number): string | undefined {
  return text.length < width ? text : undefined;
}

function scalar(value: unknown): string {
  return Object.is(value, -0) ? "-0" : JSON.stringify(value);
}

/** A doc comment on its own lines, or nothing. */
export function comment(documentation: string | undefined, indent = ""): string {
  if (!documentation) return "";
  const lines = documentation.replaceAll("*/", "*\\/").split("\n");
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
