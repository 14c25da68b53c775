import { isObject } from '../../json/value.ts';
import { LIMITS } from '../../language/limits.ts';
import { hasFieldsLater, isFilledLater } from '../filled-later.ts';
import type { StateNode } from '../machine.ts';
import type { Report } from '../report.ts';
import type { Rule } from './rule.ts';

const DISTRIBUTED_ONLY = [
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'Label',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];
/** White space, control characters, and what an ARN cannot hold. */
const FORBIDDEN = /[\s?*<>{}[\]:;,\\|^~$#%&`"/\p{Cc}]/u;

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html */
export const map: Rule = {
  purpose: "A Map's Label is allowed and unique, and its fields fit its mode.",
  check({ states }, report) {
    const labels = new Map<string, string>();
    for (const state of states) {
      if (state.type !== 'Map') continue;
      checkLabel(state, labels, report);
      checkMode(state, report);
    }
  },
};

function checkLabel({ json: { Label }, path }: StateNode, labels: Map<string, string>, report: Report): void {
  if (typeof Label !== 'string') return;
  const at = `${path}/Label`;
  const other = labels.get(Label);
  if (other !== undefined) report('ASL081', { label: Label, other }, at);
  labels.set(Label, path);
  if (isFilledLater(Label)) return;
  const bad = FORBIDDEN.exec(Label)?.[0];
  if (bad !== undefined) report('ASL080', { label: Label, detail: `has the character ${JSON.stringify(bad)}` }, at);
  if (Label === '') report('ASL080', { label: Label, detail: 'is empty' }, at);
  if ([...Label].length > LIMITS.label)
    report('ASL080', { label: Label, detail: `has more than ${LIMITS.label} characters` }, at);
}

function checkMode({ json, path, inner }: StateNode, report: Report): void {
  const processor = inner[0];
  if (processor === undefined || processor.distributed === 'later') return;
  const config = processor.json.ProcessorConfig;
  if (!processor.distributed) {
    for (const field of DISTRIBUTED_ONLY)
      if (json[field] !== undefined) report('ASL082', { field }, `${path}/${field}`, { onKey: true });
    if (isObject(config) && config.ExecutionType !== undefined)
      report('ASL082', { field: 'ExecutionType' }, `${processor.path}/ProcessorConfig/ExecutionType`, { onKey: true });
    return;
  }
  if (isObject(config) && config.ExecutionType === undefined && !hasFieldsLater(config))
    report('ASL083', {}, `${processor.path}/ProcessorConfig`);
}
