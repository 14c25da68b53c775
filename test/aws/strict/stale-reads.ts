import { type AwsCall, textOf } from './protocol/call.ts';
import { type Answer, refusal } from './protocol/refusal.ts';
import { jsonOf } from './revisions.ts';

/** A read, by the one parameter that says of what. */
interface Read {
  readonly operation: string;
  readonly parameter: string;
  readonly of: string;
}

/** What a write lets lag: reads of what it changes, answered as before it; and reads of what it makes, which do not find it yet. */
interface Lagging {
  readonly before?: (call: AwsCall) => readonly Read[];
  readonly missing?: (call: AwsCall, answer: Answer) => readonly (Read & { readonly code: string })[];
}

const machine = (of: string): Read => ({ operation: 'DescribeStateMachine', parameter: 'stateMachineArn', of });
const versions = (of: string): Read => ({ operation: 'ListStateMachineVersions', parameter: 'stateMachineArn', of });
const alias = (of: string): Read => ({ operation: 'DescribeStateMachineAlias', parameter: 'stateMachineAliasArn', of });
const role = (of: string): Read => ({ operation: 'GetRole', parameter: 'RoleName', of });
const text = (answer: Answer, field: string) => String(jsonOf(answer)[field] ?? '');

const ofRole: Lagging = { before: (call) => [role(textOf(call, 'RoleName'))] };

/**
 * What is eventually consistent by its documentation (Step Functions' reads, IAM), and what nobody says to be more (rules, schedules).
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html
 */
const LAGGING: { readonly [call: string]: Lagging } = {
  'states:CreateStateMachine': {
    missing: (_, answer) => [{ ...machine(text(answer, 'stateMachineArn')), code: 'StateMachineDoesNotExist' }],
  },
  'states:UpdateStateMachine': {
    before: (call) => [machine(textOf(call, 'stateMachineArn')), versions(textOf(call, 'stateMachineArn'))],
  },
  'states:PublishStateMachineVersion': {
    before: (call) => [versions(textOf(call, 'stateMachineArn'))],
    missing: (_, answer) => [{ ...machine(text(answer, 'stateMachineVersionArn')), code: 'StateMachineDoesNotExist' }],
  },
  'states:CreateStateMachineAlias': {
    missing: (_, answer) => [{ ...alias(text(answer, 'stateMachineAliasArn')), code: 'ResourceNotFound' }],
  },
  'states:UpdateStateMachineAlias': { before: (call) => [alias(textOf(call, 'stateMachineAliasArn'))] },
  'states:StartExecution': {
    missing: (_, answer) =>
      ['DescribeExecution', 'GetExecutionHistory'].map((operation) => ({
        operation,
        parameter: 'executionArn',
        of: text(answer, 'executionArn'),
        code: 'ExecutionDoesNotExist',
      })),
  },
  'states:StopExecution': {
    before: (call) => [{ operation: 'DescribeExecution', parameter: 'executionArn', of: textOf(call, 'executionArn') }],
  },
  'iam:CreateRole': ofRole,
  'iam:DeleteRole': ofRole,
  'iam:UpdateAssumeRolePolicy': ofRole,
  'events:PutRule': {
    before: (call) => [{ operation: 'DescribeRule', parameter: 'Name', of: textOf(call, 'Name') }],
  },
  'events:PutTargets': {
    before: (call) => [{ operation: 'ListTargetsByRule', parameter: 'Rule', of: textOf(call, 'Rule') }],
  },
  'scheduler:CreateSchedule': {
    before: (call) => [{ operation: 'GetSchedule', parameter: 'Name', of: textOf(call, 'Name') }],
  },
  'scheduler:UpdateSchedule': {
    before: (call) => [{ operation: 'GetSchedule', parameter: 'Name', of: textOf(call, 'Name') }],
  },
};

/** Answers reads as of before a write, so often. */
export class StaleReads {
  readonly #times: number;
  readonly #stale = new Map<string, { left: number; readonly answer: Answer | undefined; readonly code?: string }>();

  readonly #made = new Set<string>();

  constructor(times: number) {
    this.#times = times;
  }

  /** What a read answers that has not heard of a write yet. */
  answerTo(call: AwsCall): Answer | undefined {
    for (const [name, value] of Object.entries(call.parameters)) {
      if (typeof value !== 'string') continue;
      const key = keyOf(call.service, { operation: call.operation, parameter: name, of: value });
      const stale = this.#stale.get(key);
      if (stale === undefined) continue;
      stale.left -= 1;
      if (stale.left <= 0) this.#stale.delete(key);
      return stale.answer ?? refusal(call, { code: stale.code!, message: `${value} does not exist (yet).` });
    }
    return undefined;
  }

  /** Does a write, and lets its reads lag if it succeeds. */
  async writing(call: AwsCall, read: (read: Read) => Promise<Answer>, write: () => Promise<Answer>): Promise<Answer> {
    const lagging = this.#times === 0 ? undefined : LAGGING[`${call.service}:${call.operation}`];
    if (lagging === undefined) return write();
    const before = await Promise.all(
      (lagging.before?.(call) ?? []).map(async (one) => {
        // What is stale already stays what it was.
        const known = this.#stale.get(keyOf(call.service, one))?.answer;
        return [one, known ?? (await read(one))] as const;
      }),
    );
    const answer = await write();
    if (answer.status >= 300) return answer;
    const left = this.#times;
    for (const [one, stale] of before) this.#stale.set(keyOf(call.service, one), { left, answer: stale });
    for (const { code, ...one } of lagging.missing?.(call, answer) ?? []) {
      const key = keyOf(call.service, one);
      // A call that is repeated makes nothing: what it made is heard of from the first time on.
      if (!this.#made.has(key)) this.#stale.set(key, { left, answer: undefined, code });
      this.#made.add(key);
    }
    return answer;
  }

  forget(): void {
    this.#stale.clear();
    this.#made.clear();
  }
}

function keyOf(service: string, { operation, parameter, of }: Read): string {
  return `${service}:${operation} ${parameter}=${of}`;
}
