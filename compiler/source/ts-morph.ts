/**
 * ts-morph, by the way of CommonJS, which it is. An `import` of it would have Node read the whole text of TypeScript for the
 * names that it exports, before it runs any of it: a tenth of a second of each cold build.
 */
import { createRequire } from "node:module";
import type * as TsMorph from "ts-morph";

const tsMorph: typeof TsMorph = createRequire(import.meta.url)("ts-morph");

export const { Project } = tsMorph;

/** The compiler's interface. */
export const ts: typeof TsMorph.ts = tsMorph.ts;

/** What it speaks of, as far as it is known here. */
export declare namespace ts {
  export type __String = TsMorph.ts.__String;
  export type ArrayLiteralExpression = TsMorph.ts.ArrayLiteralExpression;
  export type BigIntLiteralType = TsMorph.ts.BigIntLiteralType;
  export type CallExpression = TsMorph.ts.CallExpression;
  export type CompilerHost = TsMorph.ts.CompilerHost;
  export type CompilerOptions = TsMorph.ts.CompilerOptions;
  export type CreateSourceFileOptions = TsMorph.ts.CreateSourceFileOptions;
  export type Decorator = TsMorph.ts.Decorator;
  export type Diagnostic = TsMorph.ts.Diagnostic;
  export type DiagnosticWithLocation = TsMorph.ts.DiagnosticWithLocation;
  export type ExportAssignment = TsMorph.ts.ExportAssignment;
  export type ExportSpecifier = TsMorph.ts.ExportSpecifier;
  export type Expression = TsMorph.ts.Expression;
  export type FunctionDeclaration = TsMorph.ts.FunctionDeclaration;
  export type Identifier = TsMorph.ts.Identifier;
  export type ImportSpecifier = TsMorph.ts.ImportSpecifier;
  export type IndexInfo = TsMorph.ts.IndexInfo;
  export type IntersectionType = TsMorph.ts.IntersectionType;
  export type JSDoc = TsMorph.ts.JSDoc;
  export type JSDocParsingMode = TsMorph.ts.JSDocParsingMode;
  export type MethodDeclaration = TsMorph.ts.MethodDeclaration;
  export type Node = TsMorph.ts.Node;
  export type NodeArray<Member extends Node> = TsMorph.ts.NodeArray<Member>;
  export type ObjectLiteralElementLike = TsMorph.ts.ObjectLiteralElementLike;
  export type ParsedCommandLine = TsMorph.ts.ParsedCommandLine;
  export type PrefixUnaryExpression = TsMorph.ts.PrefixUnaryExpression;
  export type Program = TsMorph.ts.Program;
  export type PropertyName = TsMorph.ts.PropertyName;
  export type ScriptTarget = TsMorph.ts.ScriptTarget;
  export type Signature = TsMorph.ts.Signature;
  export type SignatureDeclaration = TsMorph.ts.SignatureDeclaration;
  export type SourceFile = TsMorph.ts.SourceFile;
  export type Statement = TsMorph.ts.Statement;
  export type Symbol = TsMorph.ts.Symbol;
  export type SymbolFlags = TsMorph.ts.SymbolFlags;
  export type SyntaxKind = TsMorph.ts.SyntaxKind;
  export type TemplateLiteralType = TsMorph.ts.TemplateLiteralType;
  export type TextRange = TsMorph.ts.TextRange;
  export type TupleTypeReference = TsMorph.ts.TupleTypeReference;
  export type Type = TsMorph.ts.Type;
  export type TypeChecker = TsMorph.ts.TypeChecker;
  export type TypeFlags = TsMorph.ts.TypeFlags;
  export type TypeFormatFlags = TsMorph.ts.TypeFormatFlags;
  export type TypeNode = TsMorph.ts.TypeNode;
  export type TypeParameter = TsMorph.ts.TypeParameter;
  export type TypeReference = TsMorph.ts.TypeReference;
  export type VariableDeclaration = TsMorph.ts.VariableDeclaration;
}
