import type { Json } from '../../asl/json/value.ts';
import { type Diagnostic, diagnose, Stop } from '../../diagnostics/index.ts';
import type { Resource } from '../resource.ts';
import { definitionText } from '../resources/machine.ts';

/**
 * What AWS would refuse for its size. A managed policy holds 6,144 characters, so that ours stand in their roles, which hold 10,240 in sum;
 * white space does not count.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export function checkLimits(dag: string, resources: readonly Resource[]): void {
  const faults: Diagnostic[] = [];
  for (const { kind, name, properties } of resources) {
    if (kind === 'role') {
      const size = JSON.stringify(properties.policy).length;
      if (size > MOST_POLICY) faults.push(diagnose('DEP003', { role: name, size, most: MOST_POLICY }));
    }
    if (kind === 'machine') {
      const size = Buffer.byteLength(definitionText(properties.definition as Json));
      if (size > MOST_DEFINITION) faults.push(diagnose('DEP002', { dag, size, most: MOST_DEFINITION }));
    }
  }
  if (faults.length > 0) throw new Stop(faults);
}

const MOST_POLICY = 10_240;
const MOST_DEFINITION = 1_048_576;
