import { isObject, type Json, type JsonObject } from '../asl/json/value.ts';
import { type Diagnostic, diagnose } from '../diagnostics/index.ts';
import { DEFAULT_NOW } from './simulate.ts';

const STATES = 'arn:aws:states:us-east-1:123456789012';

/**
 * What a cleanup machine is started with when a run of its DAG has ended: the event that EventBridge delivers by the rule of deploy.
 * @example
 * endOfRun('datalake').detail // { executionArn: 'arn:aws:states:us-east-1:123456789012:execution:datalake:run', … }
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function endOfRun(dag: string): JsonObject & { readonly detail: JsonObject } {
  const executionArn = `${STATES}:execution:${dag}:run`;
  const startDate = Date.parse(DEFAULT_NOW);
  return {
    version: '0',
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: '123456789012',
    time: DEFAULT_NOW,
    region: 'us-east-1',
    resources: [executionArn],
    detail: {
      ...{ executionArn, stateMachineArn: `${STATES}:stateMachine:${dag}`, name: 'run', status: 'ABORTED' },
      ...{ startDate, stopDate: startDate },
    },
  };
}

/** A cleanup machine acts for another one: the name of the machine whose execution its input names. */
export function cleanedUp(input: Json | undefined): string | undefined {
  const arn = executionIn(input);
  return typeof arn === 'string' ? arn.split(':')[6] : undefined;
}

function executionIn(input: Json | undefined): Json | undefined {
  const { execution, detail } = isObject(input) ? input : {};
  return execution ?? (isObject(detail) ? detail.executionArn : undefined);
}

/** What is odd about the input of a cleanup machine: without an execution there is nothing that it could look for. */
export function cleanupInputWarnings(input: Json, dag: string): readonly Diagnostic[] {
  const named = executionIn(input);
  if (typeof named === 'string' && named.split(':').length >= 8) return [];
  const { executionArn, stateMachineArn, status } = endOfRun(dag).detail;
  const example = JSON.stringify({ detail: { executionArn, stateMachineArn, status } });
  return [diagnose('SIM024', { example }, { path: '' })];
}
