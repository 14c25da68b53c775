import type { JsonObject } from '../../../asl/json/value.ts';
import { type AwsCall, textOf } from './protocol/call.ts';
import { type Ask, jsonOf } from './revisions.ts';

/**
 * Where executions go that are started by an alias: after it was moved, for a while still to where it pointed before.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachineAlias.html
 */
export class AliasRouting {
  readonly #before = new Map<string, { left: number; readonly version: string }>();

  /** Remembers where an alias points that is to be moved. */
  async moving(call: AwsCall, times: number, ask: Ask): Promise<void> {
    const stateMachineAliasArn = textOf(call, 'stateMachineAliasArn');
    const answer = await ask('DescribeStateMachineAlias', { stateMachineAliasArn });
    const routes = jsonOf(answer).routingConfiguration as readonly JsonObject[] | undefined;
    const version = routes?.[0]?.stateMachineVersionArn;
    if (typeof version === 'string') this.#before.set(stateMachineAliasArn, { left: times, version });
  }

  /** What a start really starts: the parameters in place of the caller's; undefined where they are right. */
  started(call: AwsCall): JsonObject | undefined {
    const arn = textOf(call, 'stateMachineArn');
    const before = this.#before.get(arn);
    if (before === undefined) return undefined;
    before.left -= 1;
    if (before.left <= 0) this.#before.delete(arn);
    return { ...call.parameters, stateMachineArn: before.version };
  }

  forget(): void {
    this.#before.clear();
  }
}
