import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { StateMachine } from '../../asl/language/types.ts';
import { fillPlaceholders } from '../../asl/placeholders/index.ts';
import { writeDist } from '../../compiler/9-files/files.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { readBuilt } from '../../deploy/built.ts';
import { type Desired, desiredOf } from '../../deploy/desired/desired.ts';
import { exportDag } from '../../deploy/export/export.ts';
import { type Iam, loadIam } from '../../engines/iam/index.ts';
import { simulate } from '../../simulate/simulate.ts';
import { FOUND, requestsOf } from '../compiler/datalake-requests.ts';
import type { Request } from '../compiler/evaluate-policy.ts';
import { folderWith } from '../local/support.ts';
import { filesIn } from './export-support.ts';
import { type ExportedRole, type PolicyText, rolesOfSam, rolesOfTerraform, terraform } from './exported-roles.ts';
import { ENVIRONMENT } from './support.ts';

/** Every role that is made, by deploy and by both exports, for each call of its owner, and for the same on what is a neighbour's. */
const root = join(import.meta.dirname, '../..');
const PLACE = { partition: 'aws', region: 'eu-west-1', account: '111122223333' };
const OURS = { ...PLACE, machine: 'prod-datalake', cleanup: 'prod-datalake-cleanup' };
const PREFIX = 'prod-';
const NEIGHBOUR = 'dev-datalake';
const GIVEN = { lake: 'my-lake', subnet: 'subnet-1', kaggleSecret: 'kaggle' };
const ENV = {
  ...GIVEN,
  emrServiceRole: 'managed',
  emrInstanceProfile: 'managed',
  crawlerRole: 'managed',
  reportRole: 'managed',
};
const made = (env: string) => `dagwright-prod-datalake-env-${env}`;
const at = (service: string, rest: string) => `arn:aws:${service}:${PLACE.region}:${PLACE.account}:${rest}`;
const on = (action: string, ...resources: string[]): Request[] => resources.map((resource) => ({ action, resource }));

type Roles = { readonly [name: string]: ExportedRole };

function rolesOfDeploy({ resources }: Desired): Roles {
  return Object.fromEntries(
    resources
      .filter(({ kind }) => kind === 'role')
      .map(({ name, properties: { trust, policy, others } }) => [
        name,
        { trust, policy, managed: others } as unknown as ExportedRole,
      ]),
  );
}

async function waysOf(dist: string, dag: string, env: { readonly [name: string]: string }) {
  const environment = { ...ENVIRONMENT, prefix: PREFIX, region: PLACE.region, env };
  const out = await folderWith({});
  const files = async (format: 'sam' | 'terraform') => {
    await exportDag({ project: root, dist, dag, environment, format, out: join(out, format) });
    return filesIn(join(out, format, dag));
  };
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== 'managed'));
  const applied = { place: PLACE, given: { ...given, artifacts: environment.artifacts } };
  const ways = new Map<string, Roles>([
    ['deploy', rolesOfDeploy(desiredOf(await readBuilt(dist, dag), environment, PLACE))],
    ['sam', rolesOfSam(await files('sam'), applied)],
  ]);
  if (terraform !== undefined) ways.set('terraform', await rolesOfTerraform(await files('terraform'), applied));
  return ways;
}

/** What the machine asks for in a run in which every task is reached. */
async function ofMachine(): Promise<Request[]> {
  const read = async (name: string) => JSON.parse(await readFile(join(root, 'dist/datalake', name), 'utf8'));
  const roles = Object.fromEntries(Object.keys(ENV).map((name) => [name, made(name)]));
  const machine = fillPlaceholders((await read('step_function.json')) as StateMachine, {
    ...roles,
    ...GIVEN,
    assets: 's3://artifacts/assets',
    ...OURS,
  });
  const { tasks } = (await read('manifest.json')) as { tasks: { samples?: object }[] };
  const { status, events } = await simulate(machine, {
    samples: Object.assign({}, ...tasks.map(({ samples }) => samples ?? {})),
    mocks: FOUND,
  });
  expect(status).toBe('SUCCEEDED');
  const asks = requestsOf(OURS);
  const calls = events.flatMap(({ taskScheduledEventDetails: details }) => {
    if (details === undefined) return [];
    const { resourceType, resource, parameters } = details as { [name: string]: string };
    return asks.of({ resource: `${resourceType}:${resource}`, arguments: JSON.parse(parameters!) });
  });
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
}

/** The same on what is not the owner's: another environment's execution or role, another account's thing, another bucket. */
function neighbourOf({ action, resource, context = {} }: Request): Request | undefined {
  const tag = Object.keys(context).find((key) => key.endsWith('/dagwright:execution'));
  if (tag !== undefined)
    return { action, resource, context: { ...context, [tag]: at('states', `execution:${NEIGHBOUR}:run-1`) } };
  if (resource === '*') return undefined;
  const other = resource.startsWith('arn:aws:s3:')
    ? resource.replace(/^arn:aws:s3:::([^/]+)/, 'arn:aws:s3:::$1-2')
    : resource.replace(PLACE.account, '444455556666');
  return { action, resource: other, context };
}

let iam: Iam;
beforeAll(async () => {
  iam = await loadIam('this test');
});

function decide(role: ExportedRole, { action, resource, context = {} }: Request): boolean {
  return iam.authorize({
    principal: `arn:aws:sts::${PLACE.account}:assumed-role/r/s`,
    action,
    resource,
    context: context as { readonly [key: string]: string },
    policies: { identity: [{ name: 'policy', policy: role.policy as never }] },
  }).allowed;
}

/** A start as IAM sees it. */
function start(machine: string, qualifier?: string): Request {
  return {
    action: 'states:StartExecution',
    resource: at('states', `stateMachine:${machine}`),
    ...(qualifier !== undefined && { context: { 'states:StateMachineQualifier': [qualifier] } }),
  };
}

describe('the reference pipeline', () => {
  let ways: Map<string, Roles>;
  let machineAsks: Request[];
  beforeAll(async () => {
    ways = await waysOf(join(root, 'dist'), 'datalake', ENV);
    machineAsks = await ofMachine();
  }, 120_000);

  test('has the same roles, with the same trusts and policies, by deploy and by both exports', () => {
    const plain = (policy: PolicyText | undefined) =>
      policy && {
        ...policy,
        Statement: policy.Statement.map(({ Action, ...rest }) => ({ ...rest, Action: [Action].flat() })),
      };
    const deployed = ways.get('deploy')!;
    expect(Object.keys(deployed).length).toBe(9);
    for (const [way, roles] of ways)
      for (const [name, role] of Object.entries(deployed))
        expect([way, name, plain(roles[name]?.trust), plain(roles[name]?.policy), roles[name]?.managed ?? []]).toEqual([
          way,
          name,
          plain(role.trust),
          plain(role.policy),
          role.managed ?? [],
        ]);
  });

  /** By role: what its owner does, and what besides its neighbours must be refused. */
  const table = (): {
    readonly [role: string]: { readonly does: readonly Request[]; readonly others?: Request[] };
  } => ({
    'dagwright-prod-datalake': {
      does: machineAsks,
      others: [
        ...on('glue:StartCrawler', at('glue', `crawler/${NEIGHBOUR}_crawl_gold`)),
        ...on('glue:UpdateCrawler', at('glue', `crawler/${NEIGHBOUR}_crawl_gold`)),
        ...on('glue:UpdateJob', at('glue', `job/${NEIGHBOUR}_report`)),
        ...on('glue:StartJobRun', at('glue', `job/${NEIGHBOUR}_report`)),
        {
          action: 'iam:PassRole',
          resource: `arn:aws:iam::${PLACE.account}:role/dagwright-${NEIGHBOUR}-env-reportRole`,
          context: { 'iam:PassedToService': 'glue.amazonaws.com' },
        },
      ],
    },
    'dagwright-prod-datalake-cleanup': { does: requestsOf(OURS).ofCleanup },
    'dagwright-prod-datalake-start': {
      does: [start('prod-datalake', 'live')],
      others: [start('prod-datalake'), start('prod-datalake', '3'), start(NEIGHBOUR, 'live')],
    },
    'dagwright-prod-datalake-rule': {
      does: [start('prod-datalake-cleanup')],
      others: [start(`${NEIGHBOUR}-cleanup`), start('prod-datalake')],
    },
    'dagwright-prod-datalake-schedule': {
      does: [start('prod-datalake-start')],
      others: [start(`${NEIGHBOUR}-start`), start('prod-datalake')],
    },
    [made('crawlerRole')]: {
      does: [
        ...on('s3:ListBucket', 'arn:aws:s3:::my-lake'),
        ...on('s3:GetObject', 'arn:aws:s3:::my-lake/gold/tables/ratings/x.parquet'),
        ...on('glue:GetDatabase', at('glue', 'catalog'), at('glue', 'database/desafio')),
        ...['CreateTable', 'UpdateTable', 'GetTable', 'BatchCreatePartition'].flatMap((action) =>
          on(
            `glue:${action}`,
            at('glue', 'catalog'),
            at('glue', 'database/desafio'),
            at('glue', 'table/desafio/ratings'),
          ),
        ),
        ...on('logs:PutLogEvents', at('logs', 'log-group:/aws-glue/crawlers:log-stream:prod-datalake_crawl_gold')),
      ],
      others: [
        ...on('s3:PutObject', 'arn:aws:s3:::my-lake/gold/tables/ratings/x.parquet'),
        ...on('glue:DeleteTable', at('glue', 'table/desafio/ratings')),
      ],
    },
    [made('reportRole')]: {
      does: [
        ...on('s3:GetObject', 'arn:aws:s3:::my-lake/consultas/01/x.csv'),
        ...on('s3:GetObject', 'arn:aws:s3:::my-artifacts/dagwright/prod-datalake/assets/report-1/report.py'),
        ...on('s3:PutObject', 'arn:aws:s3:::my-lake/consultas/report.html'),
        ...on('logs:PutLogEvents', at('logs', 'log-group:/aws-glue/python-jobs/output:log-stream:jr_1')),
      ],
      others: on('s3:GetObject', `arn:aws:s3:::my-artifacts/dagwright/${NEIGHBOUR}/assets/x`),
    },
    [made('emrServiceRole')]: {
      does: [
        ...['RunInstances', 'CreateFleet', 'CreateNetworkInterface'].flatMap((action) =>
          on(`ec2:${action}`, at('ec2', 'subnet/subnet-1')),
        ),
        {
          action: 'iam:PassRole',
          resource: `arn:aws:iam::${PLACE.account}:role/${made('emrInstanceProfile')}`,
          context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
        },
      ],
      others: [
        ...on('ec2:RunInstances', at('ec2', 'subnet/subnet-2')),
        {
          action: 'iam:PassRole',
          resource: `arn:aws:iam::${PLACE.account}:role/dagwright-${NEIGHBOUR}-env-emrInstanceProfile`,
          context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
        },
      ],
    },
    [made('emrInstanceProfile')]: {
      does: [
        ...on('s3:GetObject', 'arn:aws:s3:::my-artifacts/dagwright/prod-datalake/assets/main-1/main.py'),
        ...on('s3:PutObject', 'arn:aws:s3:::my-lake/gold/tables/ratings/x.parquet'),
        ...on('s3:ListBucket', 'arn:aws:s3:::my-lake'),
        ...on('secretsmanager:GetSecretValue', at('secretsmanager', 'secret:kaggle-a1B2c3')),
      ],
      others: [
        ...on('s3:GetObject', `arn:aws:s3:::my-artifacts/dagwright/${NEIGHBOUR}/assets/main-1/main.py`),
        ...on('secretsmanager:GetSecretValue', at('secretsmanager', 'secret:kaggle2-a1B2c3')),
      ],
    },
  });

  /** Nothing narrows these to what is the DAG's own; asks after clusters come before their tags are known. */
  const OPEN = new Set(['elasticmapreduce:DescribeCluster', 'elasticmapreduce:PutAutoTerminationPolicy']);

  test('lets every owner make its calls, and none a neighbour’s, by each way', () => {
    expect(machineAsks.length).toBeGreaterThan(40);
    const roles = table();
    expect(Object.keys(roles).sort()).toEqual(Object.keys(ways.get('deploy')!).sort());
    for (const [way, all] of ways)
      for (const [name, { does, others = [] }] of Object.entries(roles)) {
        const refused = does.filter((request) => !decide(all[name]!, request));
        const isOpen = ({ action, context = {} }: Request) =>
          OPEN.has(action) && !Object.keys(context).some((key) => key.endsWith('/dagwright:execution'));
        const strange = [...does.filter((one) => !isOpen(one)).flatMap((one) => neighbourOf(one) ?? []), ...others];
        const taken = strange.filter((request) => decide(all[name]!, request));
        expect([way, name, refused, taken]).toEqual([way, name, [], []]);
      }
  }, 120_000);
});

test('the role of jobs on EMR Serverless, and the machine that starts them, by each way', async () => {
  const dist = join(await folderWith({}), 'dist');
  const { compiled } = await compileFolder(join(root, 'test/cases/emr-serverless'), root, ['emr_serverless']);
  const [{ dag, files }] = compiled as unknown as [{ dag: string; files: ReadonlyMap<string, string | Uint8Array> }];
  writeDist(dist, new Map([[dag, files as never]]), true);
  const manifest = JSON.parse(files.get('manifest.json') as string) as { env: { [name: string]: { kind: string } } };
  const env = Object.fromEntries(
    Object.entries(manifest.env).map(([name, { kind }]) => [
      name,
      kind === 'role' ? 'managed' : name === 'lake' ? 'my-lake' : '00f1r0kqvbfhs01d',
    ]),
  );
  const executions = (machine: string) => at('states', `execution:${machine}:run-1`);
  const applications = at('emr-serverless', '/applications/00abc');
  const tagged = (kind: 'Request' | 'Resource', machine: string) => ({
    context: { [`aws:${kind}Tag/dagwright:execution`]: executions(machine) },
  });
  for (const [way, roles] of await waysOf(dist, dag, env)) {
    const machine = roles[`dagwright-prod-${dag}`]!;
    for (const [request, kind] of [
      [{ action: 'emr-serverless:CreateApplication', resource: '*' }, 'Request'],
      [{ action: 'emr-serverless:StartJobRun', resource: applications }, 'Resource'],
      [{ action: 'emr-serverless:DeleteApplication', resource: applications }, 'Resource'],
      [{ action: 'emr-serverless:CancelJobRun', resource: `${applications}/jobruns/1` }, 'Resource'],
    ] as const)
      expect([
        way,
        request.action,
        decide(machine, { ...request, ...tagged(kind, `prod-${dag}`) }),
        decide(machine, { ...request, ...tagged(kind, `dev-${dag}`) }),
      ]).toEqual([way, request.action, true, false]);
    const [job] = Object.entries(roles).filter(([name]) => name.includes('-env-'));
    expect(job).toBeDefined();
    const may = (action: string, resource: string) => decide(job![1], { action, resource });
    expect([
      way,
      may('s3:PutObject', 'arn:aws:s3:::my-lake/x'),
      may('s3:PutObject', 'arn:aws:s3:::my-lake-2/x'),
    ]).toEqual([way, true, false]);
  }
}, 120_000);
