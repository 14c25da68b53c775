import type { Permission } from './template.ts';

/**
 * A function that a template brings along: code of the project, and what it runs on. `deploy` publishes it beside the machine, and local runs
 * run it.
 */
export interface FunctionCode {
  readonly source: FunctionSource;
  /** What its calls are given: the buckets that it names are those that its role may use. */
  readonly input: unknown;
  /** What its role must be allowed besides. */
  readonly permissions: readonly Permission[];
  /** As the service names it: `nodejs22.x`, `python3.13`. */
  readonly runtime: string;
  readonly architecture: 'x86_64' | 'arm64';
  /** In MB. */
  readonly memory: number;
  readonly timeoutSeconds: number;
  /** The size of /tmp in MB. */
  readonly storage?: number;
  /** Environment variables; values of `dag.env` may stand in them. */
  readonly environment?: { readonly [name: string]: string };
  readonly layers?: readonly string[];
  /** The role that it runs as, by name; without one, deploy makes it. */
  readonly role?: string;
}

/** Code of the project that a job fetches and runs: an archive or a module among the assets, which is content-hashed as they are. */
export interface JobCode {
  readonly source: FunctionSource;
  /** What its packages are installed for, or what it is bundled for. */
  readonly runtime: string;
  /** Of Python: what its packages are installed for. */
  readonly architecture?: 'x86_64' | 'arm64';
}

/** Where the code of a function is. Paths are relative to the project's root, with `/`. */
export type FunctionSource = TypescriptSource | PythonSource;

export interface TypescriptSource {
  readonly kind: 'typescript';
  /** The module of the handler, or the DAG file that it is written in. */
  readonly file: string;
  /** A module that declares the function as `run`. */
  readonly entry: string;
  /** The folder that the imports of `entry` are relative to. */
  readonly folder: string;
}

export interface PythonSource {
  readonly kind: 'python';
  readonly file: string;
  /** The function in it. */
  readonly handler: string;
  /** As in requirements.txt, sorted. */
  readonly requirements: readonly string[];
  /** Files and folders that go with it though nothing imports them, sorted. */
  readonly include?: readonly string[];
}
