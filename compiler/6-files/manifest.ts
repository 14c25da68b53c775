/**
 * `dist/<dag>/manifest.json`: what deploy, runs and local need of a DAG besides its machine. Readers of dist/ import this file's types
 * only, never the DAG.
 */
export interface Manifest {
  readonly manifestVersion: 1;
  readonly dag: string;
  readonly description?: string;
  readonly schedule: string | null;
  /** ISO 8601. */
  readonly startDate?: string;
  readonly endDate?: string;
  readonly catchup: boolean;
  readonly tags: readonly string[];
  /** JSON schema (2020-12) of the execution input's `params`; defaults are in it. */
  readonly params: ParamsSchema;
  /** The placeholders `${name}` of the machine, in order of name. `assets` is not among them: deploy and local fill it. */
  readonly env: { readonly [name: string]: EnvDeclaration };
  /** Files of the project that run elsewhere; the machine names each as `${assets}/<key>`. */
  readonly assets: readonly Asset[];
  /** In plan order. */
  readonly tasks: readonly ManifestTask[];
}

export interface ParamsSchema {
  readonly type: 'object';
  readonly properties: { readonly [name: string]: { readonly [keyword: string]: unknown } };
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

export interface EnvDeclaration {
  readonly kind: 'string' | 'bucket' | 'role';
  readonly description?: string;
}

export interface Asset {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  /** Of the content, hex. */
  readonly sha256: string;
  /** Where it lands below `${assets}/`: the hash is part of it, so that a version of the machine keeps its own script. */
  readonly key: string;
}

export interface ManifestTask {
  readonly id: string;
  readonly kind: 'task' | 'setup' | 'teardown' | 'branch' | 'short_circuit';
  /** `emr`, `glue`, `athena` … */
  readonly service: string;
  readonly description?: string;
  /** The ids that it waits for in the DAG, sorted. */
  readonly upstreams: readonly string[];
  readonly triggerRule: string;
  /** Errors with which it ends skipped and not failed. */
  readonly skipOn?: readonly string[];
  /** Of a branch and a short circuit: the tasks that it can skip by itself. */
  readonly decides?: readonly string[];
  /** Of a teardown: its setups. */
  readonly setups?: readonly string[];
  /** The names of the machine's states that are this task: the state that bears its id first, then a fragment's inner states. */
  readonly states: readonly string[];
}
