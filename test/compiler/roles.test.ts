import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Dag, env, param } from '../../authoring/index.ts';
import { compileFolder } from '../../compiler/compile-folder.ts';
import { compileDag } from '../../compiler/index.ts';
import { aws, emr, glue } from '../../tasks/index.ts';
import { allows, filled, type Policy, type Request } from './evaluate-policy.ts';

const root = join(import.meta.dirname, '../..');
const values = {
  partition: 'aws',
  region: 'eu-west-1',
  account: '111122223333',
  machine: 'datalake',
  assetsBucket: 'artifacts',
  assetsPath: 'artifacts/dagwright/datalake/assets',
  lake: 'lake',
  subnet: 'subnet-1',
  emrInstanceProfile: 'machines',
  kaggleSecret: 'kaggle',
};
interface Role {
  readonly kind: string;
  readonly assumedBy?: readonly string[];
  readonly instanceProfile?: true;
  readonly managedPolicies?: readonly string[];
  readonly policy?: Policy;
}
const rolesIn = (manifest: string) => (JSON.parse(manifest) as { env: { [name: string]: Role } }).env;
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111122223333:${resource}`;
const s3 = (path: string) => `arn:aws:s3:::${path}`;

describe('the reference pipeline’s roles', () => {
  const roles = async () => {
    const { compiled } = await compileFolder(join(root, 'dags'), root, ['datalake']);
    return rolesIn(compiled[0]!.files.get('manifest.json') as string);
  };
  const policyOf = async (name: string) => filled(JSON.stringify((await roles())[name]!.policy), values);
  const on = (action: string, ...resources: string[]): Request[] => resources.map((resource) => ({ action, resource }));

  it('say who assumes them', async () => {
    const { crawlerRole, emrInstanceProfile, emrServiceRole, reportRole, lake } = await roles();
    expect(crawlerRole!.assumedBy).toEqual(['glue.amazonaws.com']);
    expect(reportRole!.assumedBy).toEqual(['glue.amazonaws.com']);
    expect(emrServiceRole!.assumedBy).toEqual(['elasticmapreduce.amazonaws.com']);
    expect(emrServiceRole!.managedPolicies).toEqual([
      'arn:${partition}:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2',
    ]);
    expect(emrInstanceProfile).toMatchObject({ assumedBy: ['ec2.amazonaws.com'], instanceProfile: true });
    expect(crawlerRole!.instanceProfile).toBeUndefined();
    expect(lake).toEqual({ kind: 'bucket', description: expect.any(String) });
  });

  /** What each does, by its script and by AWS's pages, and what is somebody else's. */
  const table: { readonly [role: string]: { readonly does: Request[]; readonly others: Request[] } } = {
    emrInstanceProfile: {
      does: [
        ...on('s3:ListBucket', s3('lake'), s3('artifacts')),
        ...on('s3:GetBucketLocation', s3('lake'), s3('artifacts')),
        ...on(
          's3:GetObject',
          s3('lake/bronze/netflix/x.txt'),
          s3('artifacts/dagwright/datalake/assets/main-1/main.py'),
        ),
        ...on('s3:PutObject', s3('lake/gold/tables/ratings/x.parquet'), s3('lake/logs/emr/j-1/steps/s-1/stderr.gz')),
        ...on('s3:DeleteObject', s3('lake/silver/tables/_temporary/0')),
        ...on('secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:kaggle-a1B2c3')),
      ],
      others: [
        ...on(
          's3:GetObject',
          s3('other/x'),
          s3('artifacts/dagwright/other/assets/x'),
          s3('artifacts/dagwright/datalake/record.json'),
        ),
        ...on('s3:PutObject', s3('artifacts/dagwright/datalake/assets/main-1/main.py')),
        ...on('secretsmanager:GetSecretValue', arn('secretsmanager', 'secret:kaggle2-a1B2c3')),
        ...on('elasticmapreduce:TerminateJobFlows', arn('elasticmapreduce', 'cluster/j-1')),
      ],
    },
    emrServiceRole: {
      does: [
        ...['RunInstances', 'CreateFleet', 'CreateNetworkInterface'].flatMap((action) =>
          on(`ec2:${action}`, arn('ec2', 'subnet/subnet-1')),
        ),
        ...on('ec2:CreateSecurityGroup', arn('ec2', 'vpc/vpc-1')),
        {
          action: 'iam:PassRole',
          resource: 'arn:aws:iam::111122223333:role/machines',
          context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
        },
      ],
      others: [
        ...on('ec2:RunInstances', arn('ec2', 'subnet/subnet-2')),
        {
          action: 'iam:PassRole',
          resource: 'arn:aws:iam::111122223333:role/admin',
          context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
        },
      ],
    },
    crawlerRole: {
      does: [
        ...on('s3:ListBucket', s3('lake')),
        ...on('s3:GetObject', s3('lake/gold/tables/ratings/x.parquet')),
        ...on('glue:GetDatabase', arn('glue', 'database/desafio')),
        ...on(
          'glue:CreateTable',
          arn('glue', 'catalog'),
          arn('glue', 'database/desafio'),
          arn('glue', 'table/desafio/ratings'),
        ),
        ...on('logs:CreateLogGroup', arn('logs', 'log-group:/aws-glue/crawlers')),
        ...on('logs:PutLogEvents', arn('logs', 'log-group:/aws-glue/crawlers:log-stream:datalake_crawl_gold')),
      ],
      others: [
        ...on('s3:GetObject', s3('lake/bronze/netflix/x.txt')),
        ...on('s3:PutObject', s3('lake/gold/tables/ratings/x.parquet')),
        ...on('glue:UpdateTable', arn('glue', 'table/other/ratings')),
        ...on('glue:DeleteTable', arn('glue', 'table/desafio/ratings')),
      ],
    },
    reportRole: {
      does: [
        ...on('s3:ListBucket', s3('lake')),
        ...on(
          's3:GetObject',
          s3('lake/consultas/01/x.csv'),
          s3('artifacts/dagwright/datalake/assets/report-1/report.py'),
        ),
        ...on('s3:PutObject', s3('lake/consultas/report.html')),
        ...on('logs:PutLogEvents', arn('logs', 'log-group:/aws-glue/python-jobs/output:log-stream:jr_1')),
      ],
      others: on('s3:GetObject', s3('artifacts/dagwright/other/assets/x')),
    },
  };
  it.each(Object.entries(table))(
    '%s is allowed what is done with it, and not what is others’',
    async (role, { does, others }) => {
      const policy = await policyOf(role);
      expect(does.filter((request) => !allows(policy, request))).toEqual([]);
      expect(others.filter((request) => allows(policy, request))).toEqual([]);
    },
  );
});

describe('what is known of a role', () => {
  const rolesOf = (dag: Parameters<typeof compileDag>[0]) =>
    rolesIn(compileDag(dag).files.get('manifest.json') as string);

  it('is who assumes it alone, where only arguments name it', () => {
    const dag = new Dag('generic', { env: { job: env.role(), unused: env.role() } });
    dag.task(
      'train',
      aws({
        service: 'glue',
        action: 'createJob',
        parameters: { Name: 'x', Role: dag.env.job, Command: { Name: 'glueetl', ScriptLocation: 's3://b/x.py' } },
      }),
    );
    expect(rolesOf(dag)).toEqual({
      job: { kind: 'role', assumedBy: ['glue.amazonaws.com'] },
      unused: { kind: 'role' },
    });
  });

  it('comes together from all that use it; a bucket that only a run names is left out', () => {
    const dag = new Dag('shared', {
      env: { role: env.role(), a: env.bucket(), profile: env.role(), service: env.role() },
      params: { bucket: param.string({ default: 'x' }) },
    });
    const cluster = dag.setup(
      'cluster',
      emr.cluster({
        release: 'emr-7.13.0',
        primary: { type: 'm5.xlarge' },
        task: { type: 'm5.xlarge', count: 1, market: 'spot' },
        serviceRole: dag.env.service,
        instanceProfile: dag.env.profile,
      }),
    );
    const job = dag.task(
      'job',
      emr.spark({
        cluster,
        script: 's3://code/x.py',
        args: [`s3://${dag.params.bucket}/in/`, `--to=s3://${dag.env.a}/`],
      }),
    );
    dag.task('crawl', glue.crawl({ database: 'db', role: dag.env.role, path: `s3://${dag.env.a}/t/` })).after(job);
    dag.task('shell', glue.pythonShell({ script: 's3://code/y.py', role: dag.env.role })).after(job);
    const { role, profile, service } = rolesOf(dag);
    const resources = (one: Role | undefined, action: string) =>
      one!.policy!.Statement.filter(({ Action }) => Action.includes(action)).flatMap(({ Resource }) => Resource);
    expect(resources(profile, 's3:GetObject')).toEqual([
      'arn:${partition}:s3:::${a}/*',
      'arn:${partition}:s3:::code/*',
    ]);
    expect(resources(role, 's3:GetObject')).toEqual(['arn:${partition}:s3:::${a}/t/*', 'arn:${partition}:s3:::code/*']);
    expect(resources(role, 'glue:CreateTable')).not.toEqual([]);
    expect(resources(service, 'ec2:RunInstances')).toEqual(['arn:${partition}:ec2:${region}:${account}:subnet/*']);
    expect(resources(service, 'iam:CreateServiceLinkedRole')).toHaveLength(1);
  });
});
