/** Values as source text, the same bytes for the same value. */

const WIDTH = 120;

/** A value as a literal: on one line where it fits, else one line per entry. */
export function literal(value: unknown, indent = "", lead = 0): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  const line = oneLine(value, WIDTH - indent.length - lead);
  if (line !== undefined) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${literal(item, inner, 1)},\n`);
    return `[\n${items.join("")}${indent}]`;
  }
  const entries = Object.entries(value).map(([key, part]) => {
    const name = keyText(key);
    return `${inner}${name}: ${literal(part, inner, name.length + 3)},\n`;
  });
  return `{\n${entries.join("")}${indent}}`;
}

/** A value on a line shorter than `width`; undefined where it does not fit, known as soon as it is too long. */
function oneLine(value: unknown, width: number): string | undefined {
  if (typeof value !== "object" || value === null) return fitting(scalar(value), width);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  if (entries.length === 0) return fitting(isList ? "[]" : "{}", width);
  let line = isList ? "[" : "{ ";
  for (const [i, [key, part]] of entries.entries()) {
    line += `${i === 0 ? "" : ", "}${isList ? "" : `${keyText(key)}: `}`;
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

/** `__proto__` in quotes would still set the prototype. */
function keyText(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

/** A doc comment on its own lines, or nothing. */
export function comment(documentation: string | undefined, indent = ""): string {
  if (!documentation) return "";
  const lines = documentation.replaceAll("*/", "*\\/").split("\n");
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}
