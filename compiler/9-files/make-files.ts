import type { Json } from '../../asl/json/value.ts';
import { type Diagnostic, Stop } from '../../diagnostics/index.ts';
import type { Asset } from '../../manifest/manifest.ts';
import type { Plan } from '../4-plan/plan-graph.ts';
import type { Machine } from '../6-emit/emit-machine.ts';
import { checkLimits } from '../7-check/check-limits.ts';
import { checkMachine, mustBeValid } from '../7-check/check-machine.ts';
import { figuresOf } from '../7-check/figures.ts';
import { cleanupOf } from '../8-describe/cleanup.ts';
import { policyOf } from '../8-describe/policy/policy.ts';
import { rolesOf } from '../8-describe/policy/roles.ts';
import { jsonText } from './json-text.ts';
import { manifestOf } from './manifest-of.ts';
import { readmeOf } from './readme.ts';

/** The files of `dist/<dag>/`, by name; the same DAG gives the same bytes. */
export type FileSet = ReadonlyMap<string, string>;

export interface Made {
  readonly files: FileSet;
  /** What may be wrong with the calls' parameters. */
  readonly warnings: readonly Diagnostic[];
}

/** @throws Stop where the machine would be refused by AWS, or could not run there */
export function makeFiles({ definition, emission }: Machine, plan: Plan, assets: Iterable<Asset>): Made {
  const { graph } = emission;
  const machine = jsonText(definition);
  const policy = policyOf(emission);
  const figures = figuresOf(definition);
  const roles = rolesOf(emission, policy);
  const manifest = manifestOf(emission, plan, assets, roles, figures.run.transitions);
  const tooLarge = checkLimits(definition, machine, figures, manifest);
  if (tooLarge.length > 0) throw new Stop(tooLarge);
  const cleanup = cleanupOf(graph);
  const warnings = checkMachine(machine, definition, graph, manifest);
  if (cleanup !== undefined) mustBeValid(graph.model.id, jsonText(cleanup.machine));
  const files = new Map([
    ['step_function.json', machine],
    ['policy.json', jsonText(policy as unknown as Json)],
    ['manifest.json', jsonText(manifest as unknown as Json, manifest.graph?.tasks)],
    ['README.md', readmeOf(emission, plan, figures, manifest)],
    ...(cleanup === undefined
      ? []
      : ([
          ['cleanup.json', jsonText(cleanup.machine)],
          ['cleanup_policy.json', jsonText(cleanup.policy as unknown as Json)],
        ] as const)),
  ]);
  return { files, warnings };
}
