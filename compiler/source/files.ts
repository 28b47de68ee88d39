/** The files of a project as TypeScript sees them, remembered from one build to the next. */
import { readFileSync, statSync } from "node:fs";
import { Project, ts } from "./ts-morph.js";

/** A declaration file: read for its types, never for tasks. */
export const DECLARATIONS = /\.d\.[cm]?ts$/;

interface Known {
  readonly version: string;
  readonly text: string;
  parsed?: ts.SourceFile;
}

/** Reads and parses each file once per version of it. */
export class Files {
  readonly #known = new Map<string, Known>();
  readonly #libraries = new Map<string, ts.SourceFile>();
  readonly #library = new Project({ skipAddingFilesFromTsConfig: true }).getModuleResolutionHost();
  #target: string | undefined;

  /** Forgets what was parsed if these options parse otherwise. */
  settle({ target, module, jsx, moduleDetection }: ts.CompilerOptions): void {
    const key = JSON.stringify([target, module, jsx, moduleDetection]);
    if (key !== this.#target) {
      this.#known.clear();
      this.#libraries.clear();
    }
    this.#target = key;
  }

  /** The text of a file on disk; undefined where there is none. */
  text(path: string): string | undefined {
    return this.#read(path)?.text;
  }

  /** Forgets all but these files. */
  retain(paths: ReadonlySet<string>): void {
    for (const path of this.#known.keys()) if (!paths.has(path)) this.#known.delete(path);
  }

  /** How TypeScript reaches the machine. The files in `absent` are not there for it. */
  host(options: ts.CompilerOptions, absent: ReadonlySet<string>): ts.CompilerHost {
    const real = ts.createCompilerHost(options);
    return {
      ...real,
      getDefaultLibFileName: (of) => `${LIBRARIES}/${ts.getDefaultLibFileName(of)}`,
      getDefaultLibLocation: () => LIBRARIES,
      fileExists: (path) =>
        !absent.has(path) && (isLibrary(path) ? this.#library.fileExists(path) : real.fileExists(path)),
      readFile: (path) => (isLibrary(path) ? this.#library.readFile(path) : this.text(path)),
      getSourceFile: (path, how) => (isLibrary(path) ? this.#parseLibrary(path, how) : this.#parse(path, how)),
    };
  }

  #read(path: string): Known | undefined {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) return undefined;
    const version = `${stats.mtimeMs} ${stats.size}`;
    const known = this.#known.get(path);
    if (known?.version === version) return known;
    const text = textAt(path);
    if (text === undefined) return undefined;
    // A file that was only touched keeps what was made of it.
    const read = known?.text === text ? { ...known, version } : { version, text };
    this.#known.set(path, read);
    return read;
  }

  #parse(path: string, how: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const known = this.#read(path);
    if (known) known.parsed ??= parse(path, known.text, how);
    return known?.parsed;
  }

  #parseLibrary(path: string, how: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const text = this.#library.readFile(path);
    const parsed = this.#libraries.get(path) ?? (text === undefined ? undefined : parse(path, text, how));
    if (parsed) this.#libraries.set(path, parsed);
    return parsed;
  }
}

/** Where ts-morph keeps the libraries of the language that it carries with it. */
const LIBRARIES = "/node_modules/typescript/lib";

function isLibrary(path: string): boolean {
  return path.startsWith(`${LIBRARIES}/`);
}

/** Comments are tasks' business in sources only; in declarations they cost a third of the parsing. */
function parse(path: string, text: string, how: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile {
  const { ParseAll, ParseNone } = ts.JSDocParsingMode;
  const settings = typeof how === "object" ? how : { languageVersion: how };
  return ts.createSourceFile(path, text, {
    ...settings,
    jsDocParsingMode: DECLARATIONS.test(path) ? ParseNone : ParseAll,
  });
}

/** A file may go away between two looks at it. */
function textAt(path: string): string | undefined {
  try {
    return decoded(readFileSync(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** UTF-8, or UTF-16 where a byte order mark says so. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le", 2);
  const text = bytes.toString("utf8");
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
