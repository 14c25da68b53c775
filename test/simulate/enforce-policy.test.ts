import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { loadDags } from '../../compiler/1-load/load.ts';
import { compileModel } from '../../compiler/compile.ts';
import {
  type Denial,
  filledPolicy,
  type Iam,
  type IamRequest,
  loadIam,
  openGuard,
  type PolicyText,
  type StatementText,
  standIns,
} from '../../engines/iam/index.ts';
import type { Manifest } from '../../manifest/manifest.ts';
import { type Simulation, simulate } from '../../simulate/simulate.ts';
import { SERVICES_IAM } from '../../tasks/services.ts';
import type { CaseRun } from '../case-run.ts';
import { sized, testOfAll } from '../sized.ts';

const ROOT = join(import.meta.dirname, '../..');
const PLACE = { partition: 'aws', region: 'us-east-1', account: '123456789012' };
const PRINCIPAL = 'arn:aws:sts::123456789012:assumed-role/machine/execution';
/** In place of a resource that was narrowed away. */
const NEIGHBOUR = 'arn:aws:s3:::a-neighbours-bucket';

/** A compiled DAG, its policy, and a run of it in which nothing fails. */
interface Subject {
  readonly machine: unknown;
  readonly manifest: Manifest;
  readonly policy: PolicyText & { readonly Statement: readonly StatementText[] };
  readonly run: Pick<CaseRun, 'input' | 'mocks' | 'samples'>;
}

interface Held {
  readonly simulation: Simulation;
  readonly denials: readonly Denial[];
  /** What was asked, in order, each once a state. */
  readonly asked: readonly { readonly state: string; readonly request: IamRequest }[];
}

const CASES: { readonly [name: string]: string } = {
  'emr-serverless': 'all-well.json',
  'pipeline-s3-lambda-glue-athena-sns': 'all-well.json',
  'pipeline-secret-and-http': 'all-well.json',
  'pipeline-container-scrape': 'all-well.json',
  'pipeline-calls-another-machine': 'all-well.json',
  'pipeline-streams-and-events': 'all-well.json',
  'other-account': 'all-well.json',
};

/**
 * Statements that no simulation comes to, because a service does with the machine's leave what only its engine shows: a local run is held
 * against these (test/local/enforce-policy.test.ts, test/local/datalake.test.ts). Which roles a task definition has no call says, and a run
 * in which nothing fails ends no job before another try.
 */
const NOT_SIMULATED =
  /"aws:CalledVia":"athena\.amazonaws\.com"|"iam:PassedToService":"ecs-tasks\.amazonaws\.com"|:\$\{cleanup\}|EventsForStepFunctionsExecutionRule/;

let iam: Iam;
const subjects = new Map<string, Subject>();
beforeAll(async () => {
  iam = await loadIam('this test');
  const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
  subjects.set('datalake', {
    machine: read('dist/datalake/step_function.json'),
    manifest: read('dist/datalake/manifest.json'),
    policy: read('dist/datalake/policy.json'),
    run: { samples: true },
  });
  const { loaded } = await loadDags(join(ROOT, 'test/cases'), ROOT);
  for (const [name, scenario] of Object.entries(CASES)) {
    const { model } = loaded.find(({ file }) => dirname(file).endsWith(`/${name}`))!;
    const { files } = compileModel(model);
    subjects.set(name, {
      machine: JSON.parse(files.get('step_function.json')!),
      manifest: JSON.parse(files.get('manifest.json')!),
      policy: JSON.parse(files.get('policy.json')!),
      run: read(`test/cases/${name}/runs/${scenario}`),
    });
  }
});

async function held(subject: Subject, policy: PolicyText): Promise<Held> {
  const { machine, manifest, run } = subject;
  const asked: { state: string; request: IamRequest }[] = [];
  const guard = await openGuard({
    what: 'this test',
    place: PLACE,
    services: SERVICES_IAM,
    machine: { name: manifest.dag, file: 'policy.json', policy },
    values: standIns(subject.policy, PLACE),
    onDecision: (request, _, { state }) => asked.push({ state, request }),
  });
  const simulation = await simulate(
    machine,
    {
      ...(run.input !== undefined && { input: run.input }),
      ...(run.mocks !== undefined && { mocks: run.mocks }),
      ...(run.samples && { samples: Object.assign({}, ...manifest.tasks.map(({ samples = {} }) => samples)) }),
    },
    (tasks) => guard.guarding(tasks),
  );
  return { simulation, denials: guard.denials, asked };
}

/** What placeholders stand for. */
function valuesOf(policy: PolicyText) {
  return { ...standIns(policy, PLACE), ...PLACE, machine: 'StateMachine' };
}

/** The first of the requests that the policy does not allow. */
function firstDenied(asked: Held['asked'], policy: PolicyText, whole: PolicyText): Held['asked'][number] | undefined {
  const filled = filledPolicy(policy, valuesOf(whole));
  return asked.find(({ request }) => !isAllowed(request, filled));
}

function isAllowed(request: IamRequest, policy: PolicyText): boolean {
  const policies = { identity: [{ name: 'policy.json', policy }] };
  return iam.authorize({ ...request, principal: PRINCIPAL, policies, account: PLACE.account }).allowed;
}

describe.each(['datalake', ...Object.keys(CASES).slice(0, sized(1, Object.keys(CASES).length))])(
  'the policy of %s',
  (name) => {
    test('allows a run in which nothing fails', async () => {
      const subject = subjects.get(name)!;
      const { simulation, denials, asked } = await held(subject, subject.policy);
      expect(denials).toEqual([]);
      expect(simulation.status).toBe('SUCCEEDED');
      expect(asked.length).toBeGreaterThan(0);
    });

    test('without one of its statements: the task that needs it is denied, and the statement is named', async () => {
      const subject = subjects.get(name)!;
      const { asked } = await held(subject, subject.policy);
      const unseen: StatementText[] = [];
      for (const [index, removed] of subject.policy.Statement.entries()) {
        const policy = { ...subject.policy, Statement: subject.policy.Statement.filter((_, i) => i !== index) };
        const expected = firstDenied(asked, policy, subject.policy);
        if (expected === undefined) {
          unseen.push(removed);
          continue;
        }
        const { denials } = await held(subject, policy);
        const { action, resource } = expected.request;
        expect(denials[0]).toMatchObject({ state: expected.state, action, resource });
        // What is said to be missing is part of what was removed, and mends it.
        const { missing } = denials[0]!;
        const alone = filledPolicy({ Statement: [removed] }, valuesOf(subject.policy));
        expect([missing, isAllowed(expected.request, alone)]).toEqual([expect.anything(), true]);
        const mended = filledPolicy(
          { Statement: [...policy.Statement, missing as StatementText] },
          valuesOf(subject.policy),
        );
        expect([missing, isAllowed(expected.request, mended)]).toEqual([missing, true]);
      }
      expect(unseen.filter((statement) => !NOT_SIMULATED.test(JSON.stringify(statement)))).toEqual([]);
    });

    testOfAll('with each of its resources replaced by a neighbour’s: the task that needs it is denied', async () => {
      const subject = subjects.get(name)!;
      const { asked } = await held(subject, subject.policy);
      let denied = 0;
      for (const [index, statement] of subject.policy.Statement.entries()) {
        for (const away of [statement.Resource ?? []].flat().filter((one) => one !== '*')) {
          const resources = [statement.Resource ?? []].flat().map((one) => (one === away ? NEIGHBOUR : one));
          const narrowed = { ...statement, Resource: resources };
          const policy = { ...subject.policy, Statement: subject.policy.Statement.with(index, narrowed) };
          const expected = firstDenied(asked, policy, subject.policy);
          if (expected === undefined) continue;
          const { denials } = await held(subject, policy);
          const { action, resource } = expected.request;
          expect(denials[0]).toMatchObject({ state: expected.state, action, resource });
          expect(denials[0]!.because.map((one) => one.statement)).toContain(index);
          denied += 1;
        }
      }
      expect(denied).toBeGreaterThan(0);
    });
  },
);
