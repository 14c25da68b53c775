import { describe, expect, it } from '@jest/globals';
import { compileDag } from 'dagwright/compiler';
import { simulate } from 'dagwright/jest';
import faulty from './faulty.ts';
import dag from './ratings.ts';

const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function:f';
const task = (fields: object) => ({ Type: 'Task', Resource: LAMBDA, ...fields });
const machine = {
  QueryLanguage: 'JSONata',
  StartAt: 'a',
  States: {
    a: task({
      Arguments: { FunctionName: '{% $states.input.name %}' },
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 30 }],
      Catch: [{ ErrorEquals: ['Gone'], Next: 'c' }],
      Next: 'b',
    }),
    b: { Type: 'Wait', Seconds: 5, End: true },
    c: { Type: 'Fail', Error: 'Lost', Cause: 'it went away' },
  },
};
const input = { name: 'f' };
const gone = { a: { Throw: { Error: 'Gone' } } };

/** What a matcher says when it fails. */
function said(check: () => unknown): string {
  try {
    check();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It passed.');
}

async function refused(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'It was not refused.',
    (error: Error) => error.message,
  );
}

describe('a state machine', () => {
  it('is simulated, and the matchers look at how it went', async () => {
    const busy = { a: [{ Throw: { Error: 'Busy' } }, { Return: 1, DurationSeconds: 2 }] };
    const run = await simulate(machine, { input, mocks: busy });
    expect(run).toHaveSucceeded();
    expect(run).not.toHaveFailed();
    expect(run).toHaveRun('a');
    expect(run).toHaveRunTimes('a', 1);
    expect(run).not.toHaveRun('c');
    expect(run).toHaveRunBefore('a', 'b');
    expect(run).not.toHaveRunBefore('b', 'a');
    expect(run).toHaveRunInOrder('a', 'b');
    expect(run).toHaveTakenSeconds(37);
    expect(run).toHaveBeenCalledWithArguments('a', { FunctionName: 'f' });
    expect(run).toHaveBeenCalledWithArguments('a', expect.objectContaining({ FunctionName: expect.any(String) }));
    expect(run).not.toHaveBeenCalledWithArguments('a', { FunctionName: 'g' });
    expect(run.output).toBe(1);
    expect(run.calls).toHaveLength(2);
  });

  it('fails with an error and a cause', async () => {
    const run = await simulate(machine, { input, mocks: gone });
    expect(run).toHaveFailed();
    expect(run).toHaveFailedWith('Lost');
    expect(run).toHaveFailedWith('Lost', /went away$/);
    expect(run).toHaveFailedWith({ error: /^L/, cause: 'it went away' });
    expect(run).toHaveFailedWith({ cause: /away/g });
    expect(run).not.toHaveFailedWith('Lost', 'another');
    expect(run).not.toHaveFailedWith({ error: 'Gone' });
  });

  it('is mocked by response, list, invocation, arguments or test case', async () => {
    const answer = async (mocks: never, more: object = {}) =>
      (await simulate(machine, { input, mocks, ...more })).output;
    expect(await answer({ a: { Return: 1 } } as never)).toBe(1);
    expect(await answer({ a: [{ Return: 2 }] } as never)).toBe(2);
    expect(await answer({ a: { '0-3': { Return: 3 } } } as never)).toBe(3);
    expect(await answer({ a: [{ Return: 0 }, { Arguments: { FunctionName: 'f' }, Return: 4 }] } as never)).toBe(4);
    const config = {
      StateMachines: { m: { TestCases: { t: { a: 'r' } } } },
      MockedResponses: { r: { '0': { Return: 5 } } },
    };
    expect(await answer(config as never, { testCase: 't' })).toBe(5);
  });

  it('has its placeholders filled where values are given', async () => {
    const placed = { StartAt: 'p', States: { p: { Type: 'Pass', Result: '${lake}/${other}', End: true } } };
    expect((await simulate(placed, { env: { lake: 'b' } })).output).toBe('b/${other}');
  });
});

describe('a DAG imported in the test', () => {
  it('is compiled and simulated, its expressions too', async () => {
    const run = await simulate(dag, { input: { params: { limit: 11 } } });
    expect(run).toHaveSucceeded();
    expect(run).toHaveRunInOrder('count', 'silver', 'gold');
    expect(run).toHaveBeenCalledWithArguments('count', { FunctionName: 'count', Payload: { limit: 11 } });
    expect(run).toHaveBeenCalledWithArguments('large', { FunctionName: 'large', Payload: { size: 'over 10: 11' } });
    expect(run).toHaveTaskStates({ count: 'success', gold: 'success', large: 'success', small: 'skipped' });
    expect(run).toHaveSkipped('small');
    expect(run).not.toHaveRun('small');
  });

  it('fails as Airflow says, and what must run all the same does', async () => {
    const run = await simulate(dag, { mocks: { silver: { Throw: { Error: 'Lambda.Unknown', Cause: 'no rows' } } } });
    expect(run).toHaveFailed();
    expect(run).toHaveTaskState('silver', 'failed');
    expect(run).toHaveTaskState('gold', 'upstream_failed');
    expect(run).toHaveTaskState('clean', 'success');
    expect(run).not.toHaveSkipped('gold');
    // Two retries, a minute each.
    expect(run.calls.filter(({ state }) => state === 'silver')).toHaveLength(3);
    expect(run).toHaveTakenSeconds(120);
  });

  it('is the same as what compileDag made of it', async () => {
    expect(await simulate(compileDag(dag))).toEqual(await simulate(dag));
  });
});

describe('a folder of dist/, or a file', () => {
  it('is read', async () => {
    const run = await simulate('dist/datalake');
    expect(run).toHaveSucceeded();
    expect(run).toHaveRunBefore('silver_netflix', 'gold');
    expect(run).toHaveTaskState('terminate_cluster', 'success');
    // Without samples of the services the cluster has no id.
    expect(await simulate('dist/datalake', { samples: false })).toHaveFailedWith('States.QueryEvaluationError');
    expect(await refused(simulate('dist/datalake/manifest.json'))).toMatch(/no state machine/);
    expect(await refused(simulate('dist/nothing'))).toMatch(/there is no such file/);
  });
});

describe('what a failing matcher says', () => {
  it('shows what did run and how it ended', async () => {
    const run = await simulate(machine, { input, mocks: gone });
    expect(said(() => expect(run).toHaveRun('b'))).toMatchInlineSnapshot(`
"Expected "b" to have run.

What ran:
  a  at 0.0 s  caught: Gone
  c  at 0.0 s  failed: Lost

The run failed.
  error: Lost
  cause: it went away"
`);
    expect(said(() => expect(run).toHaveFailedWith('Gone', /x/))).toMatchInlineSnapshot(`
"Expected the run to have failed with error "Gone" and cause /x/.

The run failed.
  error: Lost
  cause: it went away

What ran:
  a  at 0.0 s  caught: Gone
  c  at 0.0 s  failed: Lost"
`);
    expect(said(() => expect(run).toHaveRunInOrder('c', 'a'))).toMatch(/"c" had not ended when "a" began\./);
    expect(said(() => expect(run).not.toHaveRunTimes('a', 1))).toMatch(/^Expected "a" not to have run 1 times/);
    expect(said(() => expect(run).toHaveBeenCalledWithArguments('a', {}))).toMatch(
      /It was called with:\n {2}a: .*FunctionName/,
    );
  });

  it('shows how the tasks of a DAG ended', async () => {
    const run = await simulate(dag);
    expect(said(() => expect(run).toHaveTaskStates({ gold: 'skipped', large: 'skipped' }))).toMatchInlineSnapshot(`
"Expected the tasks to have ended as given.

  gold: expected skipped, ended success

How the tasks ended:
  count     success
  silver    success
  clean     success
  gold      success
  if_large  success
  large     skipped
  small     success

The run succeeded. Its output: [{},{},{}]"
`);
  });
});

describe('a mistake of whoever writes the test', () => {
  it('is told with near names, and no `not` hides it', async () => {
    const run = await simulate(machine, { input, mocks: gone });
    expect(said(() => expect(run).not.toHaveRun('aa'))).toMatch(
      /no state or task "aa"\. Did you mean "a"\? There are "a", "b", "c"\./,
    );
    expect(said(() => expect(run).not.toHaveSkipped('a'))).toMatch(/not compiled from a DAG/);
    const runOfDag = await simulate(dag);
    expect(said(() => expect(runOfDag).not.toHaveSkipped('golf'))).toMatch(/Did you mean "gold"\?/);
    expect(said(() => expect(runOfDag).not.toHaveTaskState('gold', 'succes' as never))).toMatch(
      /Did you mean "success"\?/,
    );
    expect(said(() => expect({}).toHaveRun('a'))).toMatch(/takes what `simulate`/);
    expect(said(() => expect(simulate(machine)).toHaveRun('a'))).toMatch(/await simulate/);
  });

  it('in the DAG is told with its place in the source, whatever compiled it', async () => {
    expect(await refused(simulate(faulty))).toMatch(/^DAG001 .*b → a → b\. \(test\/jest\/faulty\.ts:13:15\)\n/);
  });

  it('in the mocks is told too', async () => {
    const wrong = (mocks: unknown) => refused(simulate(dag, { mocks: mocks as never }));
    expect(await wrong({ sliver: { Return: 1 } })).toMatch(
      /SIM010 .*"sliver", which is no state[\s\S]*Did you mean "silver"\?/,
    );
    expect(await wrong({ silver: { Retrun: 1 } })).toMatch(/SIM003/);
    expect(await wrong({ silver: 5 })).toMatch(/SIM003/);
    expect(await refused(simulate({ StartAt: 'x', States: {} } as never))).toMatch(/SIM002/);
    expect(await refused(simulate(undefined as never))).toMatch(/SIM002/);
  });
});
