import type { Part } from '../../placeholders/index.ts';

/** The definition of a state machine that stands in a document with other things, or is named in it. */
export interface Embedded {
  /** What the document calls the machine; blank where it has no name. */
  readonly machine: string;
  /** The machine is made for Express workflows. */
  readonly express: boolean;
  /** The place of the definition, or of its fault, as a JSON pointer. */
  readonly at: string;
  readonly is: Definition;
  /** What fills in a `${name}` that stands in it; undefined where that cannot be known. */
  readonly fills?: Substitutions;
}

export type Definition =
  /** An object of the document. */
  | { readonly kind: 'object' }
  /** A text of JSON, in pieces; their places are pointers from `at`. */
  | { readonly kind: 'text'; readonly parts: readonly Part[] }
  /** In a file beside the document, or at a place within it; where there need be none, `otherwise` says where it is then. */
  | { readonly kind: 'file'; readonly file: string; readonly inside: string; readonly otherwise?: string }
  /** Somewhere that cannot be read from here: `what` says where or what it is, as the end of a sentence. */
  | { readonly kind: 'elsewhere'; readonly what: string }
  /** What an expression of Terraform gives. */
  | { readonly kind: 'expression'; readonly expression: string }
  /** None, too many, or not as the resource takes it: `detail` is the end of a sentence. */
  | { readonly kind: 'wrong'; readonly detail: string; readonly remedy: string };

/** DefinitionSubstitutions: the names, and where they stand. */
export interface Substitutions {
  readonly names: readonly string[];
  readonly at: string;
}

/** A document that holds definitions among other things. */
export interface Container {
  /** What it is, with its article. */
  readonly what: string;
  readonly embedded: readonly Embedded[];
}

/** Where the answer of DescribeStateMachine, a resource of CloudFormation and others have a definition. */
export const DEFINITION_FIELDS = ['definition', 'Definition', 'DefinitionString', 'definitionString'];

/** The names of the state machines in a document, each once. */
export function machineNames({ embedded }: Container): string[] {
  return [...new Set(embedded.map(({ machine }) => machine))].filter((machine) => machine !== '');
}
