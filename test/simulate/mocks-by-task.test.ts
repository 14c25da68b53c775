import { expect, test } from '@jest/globals';
import type { StateMachine } from '../../asl/index.ts';
import { Dag } from '../../authoring/index.ts';
import { compileDag } from '../../compiler/index.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Manifest, ManifestGraph } from '../../manifest/manifest.ts';
import { compileResume } from '../../runs/resume/compile-resume.ts';
import { simulateChecked } from '../../simulate/checked-simulate.ts';
import { simulateLine } from '../../simulate/simulate-batch.ts';
import { aws } from '../../tasks/index.ts';

/** A call whose answer is looked at is a few states, in a Parallel where it is tried again: its mock bears the task's id either way. */

function compiled(options: { readonly retries: number; readonly skipOn?: readonly string[] }) {
  const dag = new Dag('checked');
  const Delete = { Objects: [{ Key: 'k' }] };
  const gone = dag.task('del', aws({ service: 's3', action: 'deleteObjects', parameters: { Bucket: 'b', Delete } }), {
    ...options,
    retryDelay: 1,
  });
  const say = (Message: string) =>
    aws({
      service: 'sns',
      action: 'publish',
      parameters: { TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Message },
    });
  const beside = dag.task('beside', say('beside'));
  dag.task('next', say(`${gone.output.Deleted}`)).after(beside);
  // The question before it is not the one at the end of the machine, which is called so.
  dag.task('failed', say('failed'), { triggerRule: 'one_failed' }).after(gone);
  const { files } = compileDag(dag);
  return {
    machine: JSON.parse(files.get('step_function.json')!) as StateMachine,
    manifest: JSON.parse(files.get('manifest.json')!) as Manifest & { readonly graph: ManifestGraph },
  };
}

const ERRORS = { Return: { Deleted: [], Errors: [{ Key: 'k', Code: 'AccessDenied' }] } };
const DONE = { Return: { Deleted: [{ Key: 'k' }] } };

test.each([
  ['in states of its own', 0],
  ['in a Parallel', 1],
])('a checked call %s is mocked by its id, and what is told names the mock', async (_, retries) => {
  const { machine } = compiled({ retries });
  const warnings: Diagnostic[] = [];
  const run = (responses: object) =>
    simulateChecked(machine, { mocks: { del: responses }, onWarning: (one) => void warnings.push(one) });
  expect((await run({ 0: DONE })).status).toBe('SUCCEEDED');
  const failed = await run({ [retries === 0 ? '0' : '0-1']: ERRORS });
  expect([failed.status, failed.error]).toEqual(['FAILED', 'S3.Errors']);
  if (retries > 0) expect((await run({ 0: ERRORS, 1: DONE })).status).toBe('SUCCEEDED');
  // Whether there are errors is asked: that there are none is said by leaving them out.
  expect(warnings).toEqual([]);
  const faulty = run({ 0: { Return: { Deleted: [], Error: [] } } });
  await expect(faulty).rejects.toMatchObject({ diagnostics: [{ code: 'SIM011', path: '/del/0/Return/Error' }] });
  const mocks = { del: { [retries === 0 ? '0' : '0-1']: ERRORS } };
  const line = await simulateLine(JSON.stringify({ id: 1, definition: machine, mocks }));
  expect(line).toMatchObject({ status: 'FAILED', error: 'S3.Errors' });
});

test('an answer that says failure can be a skip', async () => {
  const { machine } = compiled({ retries: 1, skipOn: ['S3.Errors'] });
  expect(await simulateChecked(machine, { mocks: { del: { 0: ERRORS } } })).toMatchObject({ status: 'SUCCEEDED' });
});

test.each([0, 1])('a resume takes the answer of a checked call as its output, %i retries', async (retries) => {
  const { machine, manifest } = compiled({ retries });
  const mocks = { del: { 0: DONE }, next: { 0: { Throw: { Error: 'Boom' } } } };
  const { events } = await simulateChecked(machine, { mocks });
  const past = { name: 'r', startedAt: '2026-01-01T00:00:00Z', input: {}, definition: machine, events };
  const { definition, missing } = await compileResume(manifest, past, (same) => same);
  expect(missing).toEqual([]);
  expect(JSON.stringify(definition)).toContain('{"Deleted":[{"Key":"k"}]}');
});
