import { ACC } from './acceptance.ts';
import { ASL_DOCUMENTS } from './asl-documents.ts';
import { ASL_EXPRESSIONS } from './asl-expressions.ts';
import { ASL_FIELDS } from './asl-fields.ts';
import { ASL_FLOW } from './asl-flow.ts';
import { ASL_TASKS } from './asl-tasks.ts';
import { AWS } from './aws.ts';
import { CLI, RPT, SRV } from './cli.ts';
import { CFG } from './config.ts';
import { DAG } from './dag.ts';
import { DAG_CALLS } from './dag-calls.ts';
import { DAG_EXPRESSIONS } from './dag-expressions.ts';
import { DAG_FILES } from './dag-files.ts';
import { DAG_FUNCTIONS } from './dag-functions.ts';
import { DAG_GRAPH } from './dag-graph.ts';
import { DAG_REFERENCES } from './dag-references.ts';
import { DAG_SERVICES } from './dag-services.ts';
import { DAG_SPECS } from './dag-specs.ts';
import { DEP } from './deploy.ts';
import type { Diagnostic, Entry, Place } from './diagnostic.ts';
import { DOC } from './doctor.ts';
import { RUN } from './local.ts';
import { OPS, RES } from './runs.ts';
import { MOCKS, SIM } from './simulation.ts';

/** Diagnostics of the validator. If an entry's `why` names a code of AWS, AWS refuses the same. */
export const ASL = { ...ASL_FIELDS, ...ASL_FLOW, ...ASL_EXPRESSIONS, ...ASL_TASKS, ...ASL_DOCUMENTS };

/** Every diagnostic of dagwright, by its stable code. */
export const CATALOGUE = {
  ...DAG,
  ...DAG_EXPRESSIONS,
  ...DAG_SERVICES,
  ...DAG_SPECS,
  ...DAG_FILES,
  ...DAG_FUNCTIONS,
  ...DAG_GRAPH,
  ...DAG_CALLS,
  ...DAG_REFERENCES,
  ...ASL,
  ...RUN,
  ...SIM,
  ...MOCKS,
  ...RPT,
  ...SRV,
  ...CFG,
  ...AWS,
  ...DEP,
  ...DOC,
  ...OPS,
  ...RES,
  ...CLI,
  ...ACC,
};

export type Code = keyof typeof CATALOGUE;
type ArgsOf<C extends Code> = (typeof CATALOGUE)[C] extends Entry<infer A> ? A : never;

/** Where the thing is: any part that is known. */
interface At {
  readonly place?: Place | undefined;
  readonly task?: string | undefined;
  readonly path?: string | undefined;
}

/** The diagnostic of a code, its texts filled from `args`. */
export function diagnose<C extends Code>(code: C, args: ArgsOf<C>, at: At = {}): Diagnostic {
  const e = CATALOGUE[code] as Entry<ArgsOf<C>>;
  return {
    code,
    severity: e.severity,
    message: e.message(args),
    why: e.why,
    remedy: e.remedy(args),
    ...(at.task !== undefined && { task: at.task }),
    ...(at.place !== undefined && { place: at.place }),
    ...(at.path !== undefined && { path: at.path }),
  };
}
