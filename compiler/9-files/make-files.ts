import type { Manifest, PolicyDocument } from '../../manifest/manifest.ts';
import { jsonText } from '../6-emit/json-text.ts';
import type { Cleanup } from '../8-describe/cleanup.ts';

/** The files of `dist/<dag>/`, by name; the same DAG gives the same bytes. */
export type FileSet = ReadonlyMap<string, string>;

/** @param machine the state machine's text, as it was checked */
export function filesOf(
  machine: string,
  policy: PolicyDocument,
  manifest: Manifest,
  readme: string,
  cleanup: Cleanup | undefined,
): FileSet {
  return new Map([
    ['step_function.json', machine],
    ['policy.json', jsonText(policy)],
    ['manifest.json', jsonText(manifest, manifest.graph?.tasks)],
    ['README.md', readme],
    ...(cleanup === undefined
      ? []
      : ([
          ['cleanup.json', jsonText(cleanup.machine)],
          ['cleanup_policy.json', jsonText(cleanup.policy)],
        ] as const)),
  ]);
}
