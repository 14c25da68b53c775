import type { JsonObject } from '../../../asl/json/value.ts';
import { type AwsCall, textOf } from './protocol/call.ts';
import { type Answer, refusal } from './protocol/refusal.ts';

/** Sends a call of the same caller to Step Functions. */
export type Ask = (operation: string, parameters: JsonObject) => Promise<Answer>;

/**
 * A machine's revisions and versions as Step Functions keeps them, where the endpoint does not: an update answers its revision, a machine
 * that was never updated has the revision INITIAL and says none, and a revision that has its version gets no second one.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html
 */
export class Revisions {
  /** The machines that were updated since they were made. */
  readonly #updated = new Set<string>();
  /** Machines whose last update publishing has not heard of yet: so many times, and the revision that it knows. */
  readonly #behind = new Map<string, { left: number; readonly revision: string }>();

  /** Before an update: its revision will be heard of late. */
  async updating(call: AwsCall, times: number, ask: Ask): Promise<void> {
    const machine = textOf(call, 'stateMachineArn');
    const { revisionId } = jsonOf(await ask('DescribeStateMachine', { stateMachineArn: machine }));
    if (typeof revisionId === 'string') this.#behind.set(machine, { left: times, revision: revisionId });
  }

  /** The answer in place of the endpoint's; undefined where that is asked. */
  async instead(call: AwsCall, ask: Ask): Promise<Answer | undefined> {
    if (call.operation !== 'PublishStateMachineVersion') return undefined;
    const machine = textOf(call, 'stateMachineArn');
    const wanted = textOf(call, 'revisionId');
    const described = await ask('DescribeStateMachine', { stateMachineArn: machine });
    if (described.status !== 200) return described;
    const revision = this.#seen(machine) ?? String(jsonOf(described).revisionId);
    const isInitial = wanted === 'INITIAL' && !this.#updated.has(machine);
    if (wanted !== '' && !isInitial && wanted !== revision)
      return refusal(call, {
        code: 'ConflictException',
        message: `The revision ${wanted} of ${machine} is not its current one.`,
        status: 409,
      });
    const [newest] = await versionsOf(machine, ask);
    if (newest !== undefined) {
      const version = jsonOf(await ask('DescribeStateMachine', { stateMachineArn: newest.arn }));
      if (version.revisionId === revision)
        return okay({ stateMachineVersionArn: newest.arn, creationDate: newest.creationDate });
    }
    const { stateMachineArn, description } = call.parameters;
    return ask('PublishStateMachineVersion', {
      stateMachineArn: stateMachineArn!,
      ...(description && { description }),
    });
  }

  /** The revision that publishing takes for the current one, where it has not heard of the last update. */
  #seen(machine: string): string | undefined {
    const behind = this.#behind.get(machine);
    if (behind === undefined) return undefined;
    behind.left -= 1;
    if (behind.left <= 0) this.#behind.delete(machine);
    return behind.revision;
  }

  /** What the endpoint answered, as Step Functions would have. */
  async corrected(call: AwsCall, answer: Answer, ask: Ask): Promise<Answer> {
    const machine = textOf(call, 'stateMachineArn');
    if (call.operation === 'UpdateStateMachine' && answer.status === 200) {
      this.#updated.add(machine);
      const { revisionId } = jsonOf(await ask('DescribeStateMachine', { stateMachineArn: machine }));
      return okay({ ...jsonOf(answer), revisionId: revisionId! });
    }
    if (call.operation === 'CreateStateMachine' && answer.status === 200)
      this.#updated.delete(String(jsonOf(answer).stateMachineArn));
    if (call.operation === 'DescribeStateMachine' && answer.status === 200 && !this.#updated.has(machine)) {
      const { revisionId: _, ...rest } = jsonOf(answer);
      return /:\d+$/.test(machine) ? answer : okay(rest);
    }
    if (
      call.operation === 'DeleteStateMachineVersion' &&
      answer.status === 400 &&
      /ConflictException/.test(String(answer.body))
    )
      return { ...answer, status: 409 };
    return answer;
  }

  forget(): void {
    this.#updated.clear();
    this.#behind.clear();
  }
}

/** A machine's versions, the newest first. */
export async function versionsOf(
  stateMachineArn: string,
  ask: Ask,
): Promise<{ arn: string; creationDate: number | string }[]> {
  const answer = await ask('ListStateMachineVersions', { stateMachineArn, maxResults: 1000 });
  const versions = (jsonOf(answer).stateMachineVersions ?? []) as unknown as readonly {
    readonly stateMachineVersionArn: string;
    readonly creationDate: number | string;
  }[];
  const number = (arn: string) => Number(arn.slice(arn.lastIndexOf(':') + 1));
  return versions
    .map(({ stateMachineVersionArn: arn, creationDate }) => ({ arn, creationDate }))
    .sort((a, b) => number(b.arn) - number(a.arn));
}

export function jsonOf({ body }: Answer): JsonObject {
  return JSON.parse(body.toString('utf8') || '{}') as JsonObject;
}

export function okay(answer: JsonObject): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify(answer)),
  };
}
