import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { requestsOf } from './datalake-requests.ts';
import { allows, filled, type Policy, type Request } from './evaluate-policy.ts';

const root = join(import.meta.dirname, '../..');
const values = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  assets: 's3://assets',
  machine: 'prod-datalake',
  cleanup: 'prod-datalake-cleanup',
  lake: 'lake',
  subnet: 'subnet-1',
  emrServiceRole: 'emr-service',
  emrInstanceProfile: 'emr-machines',
  crawlerRole: 'crawler',
  reportRole: 'reporter',
  kaggleSecret: 'kaggle',
};
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;

describe('the reference pipeline', () => {
  const files = async () => {
    const { compiled } = await compileFolder(join(root, 'dags'), root, ['datalake']);
    return compiled[0]!.files;
  };
  const fileOf = async (name: string) => filled((await files()).get(name) as string, values);

  const fromAthena = { 'aws:CalledVia': ['athena.amazonaws.com'] };
  const cluster = arn('elasticmapreduce', 'cluster/j-1');

  /** The same DAG's in another environment of the account, of another DAG, and of one whose name begins as ours. */
  const neighbours = ['datalake', 'prod-other', 'prod-datalake-2', 'prod-datalake_2'];
  const tagged = (kind: 'Request' | 'Resource', machine: string) => ({
    [`elasticmapreduce:${kind}Tag/dagwright:execution`]: arn('states', `execution:${machine}:run-1`),
  });

  function on(action: string, ...resources: string[]): Request[] {
    return resources.map((resource) => ({ action, resource }));
  }
  function passed(role: string, service: string): Request {
    return {
      action: 'iam:PassRole',
      resource: `arn:aws:iam::111122223333:role/${role}`,
      context: { 'iam:PassedToService': service },
    };
  }

  const asked = async () => {
    const machine = (await files()).get('step_function.json') as string;
    const definition: unknown = JSON.parse(machine.replace(/\$\{(\w+)\}/g, (_, name) => values[name as 'lake']));
    return tasksOf(definition).flatMap(({ Resource, Arguments }) => {
      return requestsOf(values).of({ resource: Resource.replace('arn:aws:states:::', ''), arguments: Arguments });
    });
  };

  it('may do all that its states do, and nothing is left over', async () => {
    const [policy, requests] = [await fileOf('policy.json'), await asked()];
    expect(requests.filter((request) => !allows(policy, request))).toEqual([]);
    // Every action on every resource pattern is there for a request.
    const unused = policy.Statement.flatMap((statement) =>
      statement.Action.flatMap((action) =>
        statement.Resource.filter(
          (resource) =>
            !requests.some((request) =>
              allows({ ...policy, Statement: [{ ...statement, Action: [action], Resource: [resource] }] }, request),
            ),
        ).map((resource) => `${action} ${resource}`),
      ),
    );
    expect(unused).toEqual([]);
  });

  it('may not touch what is not its own', async () => {
    const policy = await fileOf('policy.json');
    const others: Request[] = [
      { action: 'elasticmapreduce:TerminateJobFlows', resource: cluster },
      {
        action: 'elasticmapreduce:AddJobFlowSteps',
        resource: cluster,
        context: { 'elasticmapreduce:ResourceTag/dagwright:execution': 'somebody' },
      },
      { action: 'elasticmapreduce:RunJobFlow', resource: '*' },
      { action: 'elasticmapreduce:AddTags', resource: cluster, context: { 'elasticmapreduce:RequestTag/owner': 'me' } },
      passed('reporter', 'ec2.amazonaws.com'),
      passed('admin', 'glue.amazonaws.com'),
      ...on('glue:StartCrawler', arn('glue', 'crawler/other')),
      ...neighbours.flatMap((machine) => [
        { action: 'elasticmapreduce:RunJobFlow', resource: '*', context: tagged('Request', machine) },
        { action: 'elasticmapreduce:AddTags', resource: cluster, context: tagged('Request', machine) },
        ...['AddJobFlowSteps', 'CancelSteps', 'DescribeCluster', 'DescribeStep', 'TerminateJobFlows'].map((action) => ({
          action: `elasticmapreduce:${action}`,
          resource: cluster,
          context: tagged('Resource', machine),
        })),
        ...on('glue:StartCrawler', arn('glue', `crawler/${machine}_crawl_gold`)),
        ...on('glue:StartJobRun', arn('glue', `job/${machine}_report`)),
      ]),
      ...on('glue:StartJobRun', arn('glue', 'job/other')),
      ...on('athena:StartQueryExecution', arn('athena', 'workgroup/other')),
      // Tables and results are Athena's to read, not the machine's.
      ...on('s3:GetObject', 'arn:aws:s3:::lake/gold/tables/ratings/part-0.parquet'),
      ...[
        ...on('s3:GetObject', 'arn:aws:s3:::lake/bronze/netflix/x.txt', 'arn:aws:s3:::other/gold/tables/x'),
        ...on('s3:PutObject', 'arn:aws:s3:::lake/gold/tables/ratings/x'),
        ...on('glue:GetTable', arn('glue', 'table/other/t')),
      ].map((request) => ({ ...request, context: fromAthena })),
      {
        action: 's3:ListBucket',
        resource: 'arn:aws:s3:::lake',
        context: { ...fromAthena, 's3:prefix': 'bronze/netflix/' },
      },
      // The cluster's machines read it.
      ...on('secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:kaggle-abcdef')),
    ];
    expect(others.filter((request) => allows(policy, request))).toEqual([]);
  });

  it('has a policy for the cleanup machine, which ends no cluster but an execution’s', async () => {
    const policy = await fileOf('cleanup_policy.json');
    const called = requestsOf(values).ofCleanup;
    expect(called.filter((request) => !allows(policy, request))).toEqual([]);
    expect(actionsOf(policy)).toEqual(called.map(({ action }) => action).sort());
    const ends = { action: 'elasticmapreduce:TerminateJobFlows', resource: cluster };
    expect(allows(policy, ends)).toBe(false);
    for (const machine of neighbours)
      expect([machine, allows(policy, { ...ends, context: tagged('Resource', machine) })]).toEqual([machine, false]);
  });
});

function actionsOf({ Statement }: Policy): string[] {
  return Statement.flatMap(({ Action }) => Action).sort();
}

interface TaskState {
  readonly Resource: string;
  readonly Arguments: unknown;
}
function tasksOf(value: unknown): TaskState[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { Type?: unknown }).Type === 'Task' ? [value as TaskState] : [];
  return [...own, ...Object.values(value).flatMap(tasksOf)];
}
