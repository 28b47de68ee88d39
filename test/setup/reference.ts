/** Writes docs/reference.md from the declarations of the built package, with the comments that stand in the sources. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ExportedDeclarations, Node, Project, ts } from "ts-morph";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Chapter {
  readonly title: string;
  /** What it holds, by the file of the declaration. The first that fits takes it. */
  readonly files: RegExp;
}

const chapters: readonly Chapter[] = [
  { title: "Declaring tasks", files: /\/(task|context|manifest|class-codec)\.d\.ts$/ },
  { title: "The canvas", files: /\/(canvas\/\w+|by-name|signature|tree|stamping|stamps|builder)\.d\.ts$/ },
  { title: "Results", files: /\/(result|task-info|waiting|messages)\.d\.ts$/ },
  { title: "Errors", files: /\/errors\.d\.ts$/ },
  { title: "Applications and workers", files: /\/(client|worker|worker\/\w+|config|logger|clock)\.d\.ts$/ },
  { title: "Brokers", files: /\/(broker|brokers\/.*)\.d\.ts$/ },
  { title: "The dashboard", files: /\/dashboard\/\w+\.d\.ts$/ },
  { title: "Testing", files: /\/testing(\/\w+)?\.d\.ts$/ },
  { title: "Types that appear in others", files: /./ },
];

const head = `# Reference

Everything that \`tqc\` exports, \`tqc/testing\` and \`tqc/dashboard\`, with the comments of the sources. Written by \`npm run generate\`; the pages of the [book](README.md) tell how it is used.
`;

/** The text of the page. The package has to be built. */
export function referencePage(): string {
  const compilerOptions = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const project = new Project({ compilerOptions, skipAddingFilesFromTsConfig: true });
  const faces = ["runtime/index", "runtime/testing", "compiler/dashboard/dashboard"].map((face) =>
    project.addSourceFileAtPath(join(root, `dist/${face}.d.ts`)),
  );
  const named = new Map(faces.flatMap((face) => [...face.getExportedDeclarations()]));
  const sorted = [...named].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = chapters.map((chapter) => {
    const own = sorted.filter(([, [declaration]]) => chapterOf(declaration) === chapter);
    return `## ${chapter.title}\n\n${own.map(([name, declarations]) => entry(name, declarations)).join("\n")}`;
  });
  return [head, ...parts].join("\n");
}

function chapterOf(declaration: ExportedDeclarations | undefined): Chapter | undefined {
  const path = declaration?.getSourceFile().getFilePath() ?? "";
  return chapters.find(({ files }) => files.test(path));
}

function entry(name: string, declarations: readonly ExportedDeclarations[]): string {
  const said = [...new Set(declarations.map(commentOf))].filter((comment) => comment !== "").join("\n\n");
  const code = declarations.map(codeOf).join("\n");
  return `### ${name}\n\n${said ? `${said}\n\n` : ""}\`\`\`typescript\n${code}\n\`\`\`\n`;
}

function commentOf(declaration: ExportedDeclarations): string {
  const documented = Node.isVariableDeclaration(declaration) ? declaration.getVariableStatement() : declaration;
  const docs = Node.isJSDocable(documented) ? documented.getJsDocs() : [];
  // The first export of a file may have the file's own comment above it.
  const text = docs.at(-1)?.getDescription().trim() ?? "";
  return text.replaceAll(/\{@link ([\w.]+)\}/g, "`$1`").replaceAll(/\s*\n\s*/g, " ");
}

/** A declaration without what is private, and indented as the sources are. */
function codeOf(declaration: ExportedDeclarations): string {
  const text = declaration.getText().replaceAll(/^export (declare )?/gm, "");
  const code = Node.isVariableDeclaration(declaration) ? `const ${text};` : text;
  return code
    .split("\n")
    .filter((line) => !/^ +(#private;|private )/.test(line))
    .map((line) => line.replace(/^( {4})+/, (indent) => " ".repeat(indent.length / 2)))
    .join("\n");
}
