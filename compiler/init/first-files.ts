/** The files a project starts with: two tasks, a script that runs them, and what an empty folder needs besides. */

/** Two tasks: the shape of the result of one fits what the other takes. */
export const FIRST_TASKS = `/**
 * Greets someone by name.
 * @task
 */
export function greet(name: string): string {
  return \`Hello, \${name}!\`;
}

/**
 * Puts greetings on one card.
 * @task { maxRetries: 3 }
 */
export async function card(greetings: string[]): Promise<string> {
  return greetings.join("\\n");
}
`;

/** The first typed canvas, runnable with nothing but Node. */
export const FIRST_SCRIPT = `import { app, card, chord, greet } from "./tasks.gen.js";
import "./tasks.registry.gen.js"; // only where tasks run: this script is its own worker

// Two tasks side by side; the list of their results is what card is given. Try greet.s(1), or card.s() in the list.
const result = await chord([greet.s("Ada"), greet.s("Grace")], card.s()).delay();
console.log(await result.get({ timeout: "10s" }));

await app.close();
`;

/** The same for a package of CommonJS, where no module awaits at its top. */
export const FIRST_COMMONJS_SCRIPT = `import { app, card, chord, greet } from "./tasks.gen.js";
import "./tasks.registry.gen.js"; // only where tasks run: this script is its own worker

async function main(): Promise<void> {
  // Two tasks side by side; the list of their results is what card is given. Try greet.s(1), or card.s() in the list.
  const result = await chord([greet.s("Ada"), greet.s("Grace")], card.s()).delay();
  console.log(await result.get({ timeout: "10s" }));

  await app.close();
}

void main();
`;

/** Strict, and runnable as it is: tsx and Node resolve alike. */
export const TSCONFIG = `${JSON.stringify(
  {
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      strict: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      types: ["node"],
      rootDir: "src",
      outDir: "dist",
    },
    include: ["src"],
  },
  undefined,
  2,
)}\n`;

/** Folds the generated files in reviews, leaves them out of language statistics, and keeps their bytes where git turns line endings. */
export const GIT_ATTRIBUTES = [
  "tasks.gen.ts linguist-generated eol=lf",
  "tasks.registry.gen.ts linguist-generated eol=lf",
  "tasks.manifest.json linguist-generated eol=lf",
];

/** The generated files, as patterns for tools that format. */
export const GENERATED_PATTERNS = ["tasks.gen.ts", "tasks.registry.gen.ts", "tasks.manifest.json"];

export const GIT_IGNORE = ["node_modules/", "dist/"];
