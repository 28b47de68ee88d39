import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Parameter, TaskContract } from "../../runtime/manifest.js";
import { builderImports, builderType } from "../../templates/builder.js";

const wished = readFileSync(new URL("wished/tasks.gen.ts", import.meta.url), "utf8");

/** The contracts and types of the wished file, read back out of it. */
const blocks = [...wished.matchAll(/^\/\/ (tasks\.[\w.]+)\n(interface [\s\S]*?\n}\n[\s\S]*?\n}\n)/gm)].map(
  ([, name, types]) => ({
    contract: contractOf(name!),
    types: types!,
  }),
);

function contractOf(name: string): TaskContract {
  const literal = new RegExp(`\\(app, (\\{\\n\\s*"name": "${name.replaceAll(".", "\\.")}",[\\s\\S]*?\\n\\})\\)`).exec(
    wished,
  )?.[1];
  return JSON.parse(literal ?? "null") as TaskContract;
}

/** The type of each parameter and of the result, from the `Task<...>` line of a block. */
function textsOf(types: string, parameters: readonly Parameter[]): { parameters: string[]; result: string } {
  const [, delay = "", result = ""] = / {2}delay\((.*)\): Promise<AsyncResult<(.*)>>;/.exec(types) ?? [];
  const starts = parameters.map(({ name }) => delay.search(new RegExp(`(^|, )(\\.\\.\\.)?${name}\\??: `)));
  const texts = parameters.map(({ name, rest }, i) => {
    const text = delay.slice(starts[i], starts[i + 1]).replace(new RegExp(`^(, )?(\\.\\.\\.)?${name}\\??: `), "");
    return rest ? text.replace(/\[\]$/, "") : text;
  });
  return { parameters: texts, result };
}

describe("the template writes the file we wish for", () => {
  test.each(blocks.map((block) => [block.contract.builder, block] as const))("%s", (_name, { contract, types }) => {
    expect(builderType(contract, textsOf(types, contract.parameters))).toBe(types);
  });

  test("all of it", () => {
    expect(blocks).toHaveLength(17);
  });

  test("it imports what it uses", () => {
    const imported = /^import type \{ (.*) \} from "tqc";$/m.exec(wished)?.[1];
    expect(builderImports(blocks.map(({ contract }) => contract)).join(", ")).toBe(imported);
    expect(builderImports([])).toEqual([]);
  });
});
