import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Json } from '../../asl/json/value.ts';
import type { StateMachine } from '../../asl/language/types.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { deploy } from '../../deploy/deploy.ts';
import { simulate } from '../../simulate/simulate.ts';
import { startAccount, type TestAccount } from '../aws/account.ts';
import { ROOT } from '../aws/deployer.ts';
import { ACCOUNT, useEndpoint } from '../aws/ministack.ts';
import { FOUND, requestsOf } from '../compiler/datalake-requests.ts';
import { conditionsHold, type Policy, type Request, type Statement } from '../compiler/evaluate-policy.ts';
import { folderWith, REPOSITORY } from '../local/support.ts';
import { ENVIRONMENT, makeBucket, REGION } from './support.ts';

/** What the reference pipeline's run asks of AWS, and whether the roles that deploy made allow it: IAM's own simulator says. */

const ENV = {
  lake: 'my-lake',
  subnet: 'subnet-1',
  emrServiceRole: 'emr-service',
  emrInstanceProfile: 'emr-machines',
  crawlerRole: 'crawler',
  reportRole: 'reporter',
  kaggleSecret: 'kaggle',
};
const CLEANUP_ROLE = 'dagwright-datalake-cleanup';
const ROLE = 'dagwright-datalake';
const CLUSTER = `arn:aws:elasticmapreduce:${REGION}:${ACCOUNT}:cluster/j-1`;
const asks = requestsOf({ region: REGION, account: ACCOUNT, machine: 'datalake', cleanup: 'datalake-cleanup' });

/** Step Functions and X-Ray on the machine's behalf: the delivery of its log. */
const BEHIND = /^(logs|xray):/;

let server: TestAccount;
let iam: IAM;
let requests: readonly Request[];
beforeAll(async () => {
  server = await startAccount();
  useEndpoint(server.url);
  iam = new IAM({ region: REGION, credentials: ROOT });
  await makeBucket();
  const project = await folderWith({ 'package.json': '{}' });
  for (const part of ['dist', 'spark']) await cp(join(REPOSITORY, part), join(project, part), { recursive: true });
  await deploy({ project, dist: join(project, 'dist'), dag: 'datalake', environment: { ...ENVIRONMENT, env: ENV } });
  requests = await asked(project);
}, 600_000);
afterAll(async () => {
  iam.destroy();
  await server.stop();
});

/** The requests behind every call of a run in which each task is reached. */
async function asked(project: string): Promise<Request[]> {
  const read = async (name: string) => JSON.parse(await readFile(join(project, 'dist/datalake', name), 'utf8'));
  const machine = (await read('step_function.json')) as StateMachine;
  const { tasks } = (await read('manifest.json')) as { tasks: { samples?: { [state: string]: Json } }[] };
  const { status, events } = await simulate(
    fillPlaceholders(machine, { ...ENV, assets: 's3://assets', machine: 'datalake' }),
    {
      samples: Object.assign({}, ...tasks.map(({ samples }) => samples ?? {})),
      mocks: FOUND,
    },
  );
  expect(status).toBe('SUCCEEDED');
  return events.flatMap(({ taskScheduledEventDetails }) => {
    if (taskScheduledEventDetails === undefined) return [];
    const { resourceType, resource, parameters } = taskScheduledEventDetails as { [name: string]: string };
    return asks.of({ resource: `${resourceType}:${resource}`, arguments: JSON.parse(parameters!) });
  });
}

/**
 * What IAM's simulator decides. The endpoint's knows no ContextEntries: without them it must refuse whatever has a condition, and with those
 * statements that the request's context fulfils, their conditions taken away, it must allow it.
 */
async function decision(role: string, { action, resource, context }: Request): Promise<string | undefined> {
  const asked = { ActionNames: [action], ResourceArns: [resource] };
  const { EvaluationResults: plain } = await iam.simulatePrincipalPolicy({
    PolicySourceArn: `arn:aws:iam::${ACCOUNT}:role/${role}`,
    ...asked,
  });
  if (context === undefined) return plain?.[0]?.EvalDecision;
  expect(plain?.[0]?.EvalDecision).toBe('implicitDeny');
  const Statement = (await statementsOf(role))
    .filter((statement) => conditionsHold(statement, context))
    .map(({ Condition, ...rest }) => rest);
  const { EvaluationResults } = await iam.simulateCustomPolicy({
    PolicyInputList: [JSON.stringify({ Version: '2012-10-17', Statement })],
    ...asked,
  });
  return EvaluationResults?.[0]?.EvalDecision;
}

const known = new Map<string, Promise<Statement[]>>();
/** What deploy wrote, read back. */
function statementsOf(RoleName: string): Promise<Statement[]> {
  const read = async () => {
    const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
    const documents = await Promise.all(
      PolicyNames.map(async (PolicyName) => {
        const { PolicyDocument } = await iam.getRolePolicy({ RoleName, PolicyName });
        return (JSON.parse(decodeURIComponent(PolicyDocument!)) as Policy).Statement;
      }),
    );
    return documents.flat();
  };
  const statements = known.get(RoleName) ?? read();
  known.set(RoleName, statements);
  return statements;
}

async function actionsOf(role: string): Promise<string[]> {
  return [...new Set((await statementsOf(role)).flatMap(({ Action }) => Action))].sort();
}

test('the machine’s role may do every call that the run makes', async () => {
  expect(requests.length).toBeGreaterThan(100);
  const refused: Request[] = [];
  for (const request of requests) if ((await decision(ROLE, request)) !== 'allowed') refused.push(request);
  expect(refused).toEqual([]);
}, 300_000);

test('and has no action that neither the machine nor a service on its behalf calls', async () => {
  // A task whose call fails sees its job ended, which nothing has to do in a run that goes well.
  const givenUp = asks.of({ resource: 'states:startExecution.sync:2', arguments: {} });
  const called = new Set([...requests, ...givenUp].map(({ action }) => action));
  expect((await actionsOf(ROLE)).filter((action) => !called.has(action) && !BEHIND.test(action))).toEqual([]);
});

test('so may the cleanup machine’s, and no more', async () => {
  for (const request of asks.ofCleanup) expect(await decision(CLEANUP_ROLE, request)).toBe('allowed');
  const called = new Set(asks.ofCleanup.map(({ action }) => action));
  expect((await actionsOf(CLEANUP_ROLE)).filter((action) => !called.has(action) && !BEHIND.test(action))).toEqual([]);
  const others = { action: 'elasticmapreduce:TerminateJobFlows', resource: CLUSTER };
  expect(await decision(CLEANUP_ROLE, others)).toBe('implicitDeny');
});
