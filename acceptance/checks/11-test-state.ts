import type { SFN, TestStateCommandInput } from '@aws-sdk/client-sfn';
import { isError } from '../../aws/errors.ts';
import { hasOwnEndpoint } from '../account.ts';
import type { Bench, Check } from '../check.ts';
import { jsonataCases, type RecordedCase, stateCases } from '../recorded.ts';
import { makeRole } from '../role.ts';
import { expectThat, missingOperation } from '../verdict.ts';

/** So many are asked at a time. */
const WIDTH = 4;

/** What our interpreter's tests hold for true, asked of Step Functions itself. */
export const testState: Check = {
  number: 11,
  name: 'test-state',
  title: 'TestState answers the recorded cases of our interpreter’s tests as they were recorded',
  makes: 'a role that allows nothing',
  most: 0.02,
  why: 'some hundred calls of TestState, at most a transition each',
  minutes: 15,
  async run(at) {
    const { account, repository, part } = at;
    const partition = account.caller.partition;
    const trust = { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' };
    const roleArn = await makeRole(at, 'test', [trust]);
    const sfn = await clientOf(at);
    try {
      const jsonata = jsonataCases();
      const states = await stateCases(repository);
      await part('the role is seen', () => seen(at, sfn, roleArn));
      await part(`${jsonata.length} expressions of JSONata`, () => compared(at, sfn, roleArn, 'JSONata', jsonata));
      await part(`${states.length} states (${partition})`, () => compared(at, sfn, roleArn, 'states', states));
    } finally {
      sfn.destroy();
    }
  },
};

/** TestState has a host of its own at AWS, which another endpoint does not. */
async function clientOf({ account }: Bench): Promise<SFN> {
  const { SFN: Client } = await import('@aws-sdk/client-sfn');
  return new Client({ region: account.region, maxAttempts: 8, disableHostPrefix: hasOwnEndpoint(process.env) });
}

/** Waits until Step Functions can assume the role that was just made. */
async function seen({ until, account }: Bench, sfn: SFN, roleArn: string): Promise<void> {
  const definition = JSON.stringify({ Type: 'Pass', End: true });
  let refusal = '';
  const asked = async () => {
    try {
      return (await sfn.testState({ definition, roleArn, input: '{}' })).status;
    } catch (error) {
      if (missingOperation(error) !== undefined) throw error;
      refusal = (error as Error).message;
      return undefined;
    }
  };
  await until(asked, { ms: account.isAws ? 120_000 : 3_000, otherwise: 'TestState does not run a Pass state.' }).catch(
    (error: Error) => {
      if (refusal === '') throw error;
      error.message += ` It says: ${refusal}`;
      throw error;
    },
  );
}

async function compared(
  { keep, signal }: Bench,
  sfn: SFN,
  roleArn: string,
  what: string,
  cases: readonly RecordedCase[],
): Promise<void> {
  const others: { readonly id: string; readonly got: string }[] = [];
  const left = [...cases];
  const work = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      signal.throwIfAborted();
      const got = await answerTo(sfn, { ...one.request, roleArn }, one);
      if (got !== undefined) others.push({ id: one.id, got });
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  others.sort((a, b) => (a.id < b.id ? -1 : 1));
  keep(`${what}: cases that are answered otherwise`, { cases: cases.length, others });
  expectThat(
    others.length === 0,
    `${others.length} of ${cases.length} are answered otherwise: ${others
      .slice(0, 5)
      .map(({ id, got }) => `${id} → ${got}`)
      .join('; ')}`,
  );
}

/**
 * What of the answer is otherwise. A definition that is refused before it runs is an answer too: the case fails either way.
 */
async function answerTo(
  sfn: SFN,
  request: TestStateCommandInput,
  { otherwise, mustFail }: RecordedCase,
): Promise<string | undefined> {
  try {
    return otherwise(await sfn.testState(request));
  } catch (error) {
    if (missingOperation(error) !== undefined) throw error;
    if (mustFail && isError(error, 'InvalidDefinition')) return undefined;
    return `refused: ${(error as Error).name} ${(error as Error).message}`.slice(0, 300);
  }
}
