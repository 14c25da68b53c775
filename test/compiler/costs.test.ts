import { describe, expect, test } from '@jest/globals';
import { Dag, env, param } from '../../authoring/index.ts';
import { template } from '../../authoring/internal.ts';
import { compileDag } from '../../compiler/index.ts';
import type { ManifestCost } from '../../manifest/manifest.ts';
import { groupsHour, instanceHour } from '../../tasks/emr/prices.ts';
import { athena, aws, emr, emrServerless, glue } from '../../tasks/index.ts';

/** The section of the README, and what stands in the manifest. */
function costOf(dag: Dag): { readme: string; cost: ManifestCost } {
  const { files } = compileDag(dag);
  const readme = (files.get('README.md') as string).split('## What a run costs\n\n')[1]!;
  return { readme, cost: JSON.parse(files.get('manifest.json') as string).cost };
}

const ROLES = { serviceRole: 'emr', instanceProfile: 'emr-ec2' };
const ARN = 'arn:aws:iam::123456789012:role/spark';
const step = (cluster: Parameters<typeof emr.spark>[0]['cluster']) => emr.spark({ cluster, script: 's3://lake/a.py' });

/** Rows of the table by their first cell: the last one, which says what a run takes. */
function takes(readme: string): { [task: string]: string } {
  const rows = readme.split('\n').filter((line) => line.startsWith('| '));
  return Object.fromEntries(
    rows.slice(2).map((row) => [row.split(' | ')[0]!.slice(2), row.split(' | ').at(-1)!.slice(0, -2)]),
  );
}

describe('three DAGs, worked out by hand', () => {
  test('a cluster for two steps with estimates', () => {
    const dag = new Dag('nightly');
    const cluster = dag.setup(
      'cluster',
      emr.cluster({
        release: 'emr-7.13.0',
        primary: { type: 'm5.xlarge' },
        core: { type: 'm5.2xlarge', count: 2 },
        ...ROLES,
      }),
      { estimate: '10m' },
    );
    const clean = dag.task('clean', step(cluster), { estimate: ['20m', '50m'] });
    dag.task('count', step(cluster), { estimate: ['5m', '10m'] }).after(clean);
    const { readme, cost } = costOf(dag);
    // An hour: 0.192 + 0.048 for the primary, twice 0.384 + 0.096: $1.20. Up for 10 + 20 + 5 to 10 + 50 + 10 minutes.
    expect(cost.charges).toEqual([
      {
        tasks: ['cluster'],
        what: '1 × m5.xlarge, 2 × m5.2xlarge: $1.20 an hour, EC2’s part and EMR’s',
        perHour: { least: 1.2, most: 1.2 },
        least: 0.02,
        hours: { least: expect.closeTo(35 / 60, 9), most: expect.closeTo(70 / 60, 9) },
        takes: { least: expect.closeTo(0.7, 9), most: expect.closeTo(1.4, 9) },
        source: 'https://aws.amazon.com/emr/pricing/',
        asOf: 'January 2026',
      },
    ]);
    expect(takes(readme)).toEqual({
      'Step Functions': '$0.00015',
      '`cluster`': '$0.70 to $1.40',
      '**in all**': '**$0.70 to $1.40**',
    });
    expect(readme).toContain('- Times: `cluster` 35m to 1h 10m.');
  });

  test('spot instances, a crawl, a query and a script, most of them with timeouts alone', () => {
    const dag = new Dag('weekly', { defaultArgs: { executionTimeout: '1h' } });
    const cluster = dag.setup(
      'cluster',
      emr.cluster({
        release: 'emr-7.13.0',
        primary: { type: 'm6g.xlarge' },
        core: { type: 'r5.8xlarge', count: 3, market: 'spot' },
        ...ROLES,
      }),
      { executionTimeout: '30m' },
    );
    const clean = dag.task('clean', step(cluster));
    const crawl = dag.task('crawl', glue.crawl({ database: 'd', role: 'crawler', path: 's3://lake/gold/' }));
    const query = dag.task('query', athena.query({ sql: 'SELECT 1', database: 'd', results: 's3://lake/results/' }));
    const mail = glue.pythonShell({ script: 's3://lake/mail.py', role: 'mail', maxCapacity: 1 });
    dag.task('mail', mail, { estimate: ['3m', '6m'] }).after(query.after(crawl.after(clean)));
    const { readme } = costOf(dag);
    // An hour: 0.154 + 0.0385 on demand; three times 2.016, a tenth of it at the least, and EMR's part, 0.27 or a quarter, 0.504.
    expect(readme).toContain('$1.61 to $7.75 an hour');
    expect(takes(readme)).toEqual({
      'Step Functions': '$0.00063',
      // A minute of $1.6073 at the least; 30 minutes to start and an hour for the step at $7.7525.
      '`cluster`': '$0.027 to $11.63',
      // A DPU for ten minutes.
      '`crawl`': 'at least $0.073',
      // 3 and 6 minutes of 44 cents.
      '`mail`': '$0.022 to $0.044',
      // 10 MB of a terabyte for $5.
      '`query`': 'at least $0.000048',
      '**in all**': '**$0.12 to $11.75**, and what is open above it',
    });
    expect(readme).toContain('- Open above for `query`: nobody knows before how much a query scans.');
    expect(readme).toContain('- Times: `cluster` up to 1h 30m, `mail` 3m to 6m.');
  });

  test('clusters side by side, one of them on some days alone; an application', () => {
    const dag = new Dag('sides', { params: { full: param.boolean({ default: true }) } });
    const on = (type: string) => emr.cluster({ release: 'emr-7.13.0', primary: { type }, ...ROLES });
    const [daily, full] = [
      dag.setup('daily', on('c5.4xlarge'), { estimate: '6m' }),
      dag.setup('full', on('i3.4xlarge'), { estimate: '6m' }),
    ];
    dag.shortCircuit('is_full', () => dag.params.full).before(full);
    dag.task('some', step(daily), { estimate: '54m' });
    dag.task('all', step(full), { estimate: ['54m', '114m'] });
    const application = dag.setup(
      'application',
      emrServerless.application({
        release: 'emr-7.13.0',
        architecture: 'arm64',
        initialCapacity: { driver: { count: 1, cpu: '4 vCPU', memory: '16 GB' } },
        maximumCapacity: { cpu: '100 vCPU', memory: '400 GB' },
      }),
      { estimate: '2m' },
    );
    const conf = { 'spark.driver.cores': '4', 'spark.driver.memory': '14g' };
    const job = emrServerless.spark({ application, role: ARN, script: 's3://lake/a.py', conf });
    dag.task('job', job, { estimate: ['10m', '22m'] });
    expect(takes(costOf(dag).readme)).toEqual({
      'Step Functions': expect.any(String),
      // 0.8 × (100 × 0.052624 + 400 × 0.0057785) is $6.05904 an hour, 24 minutes of it at most.
      '`application`': '$0 to $2.42',
      // 0.68 + 0.17 for an hour.
      '`daily`': '$0.85',
      // 1.248 + 0.27 or 0.312, for two hours at most.
      '`full`': '$0 to $3.12',
      // 0.8 × (4 × 0.052624 + 14 × 0.0057785) is $0.233116 an hour, for ten minutes.
      '`job`': 'at least $0.039',
      '**in all**': '**$0.89 to $6.43**, and what is open above it',
    });
  });
});

describe('how long what a setup makes is up', () => {
  type Estimate = NonNullable<NonNullable<Parameters<Dag['task']>[2]>['estimate']>;
  const types = { type: 'm5.xlarge' };
  const wait = (id: string, dag: Dag, estimate?: Estimate) =>
    dag.task(
      id,
      aws({ service: 'sqs', action: 'purgeQueue', parameters: { QueueUrl: 'q' } }),
      estimate ? { estimate } : {},
    );
  const hoursOf = (dag: Dag) => costOf(dag).cost.charges.find(({ tasks }) => tasks.includes('cluster'))!.hours;
  const clusterIn = (dag: Dag) =>
    dag.setup('cluster', emr.cluster({ release: 'emr-7.13.0', primary: types, ...ROLES }), { estimate: '6m' });

  test('what comes before it does not count, what its teardown waits for beside it does at most', () => {
    const dag = new Dag('beside');
    const cluster = clusterIn(dag);
    cluster.after(wait('before', dag, ['1h', '5h']));
    const use = dag.task('use', step(cluster), { estimate: '24m' });
    const other = wait('other', dag, ['10m', '3h']);
    dag
      .teardown('notes', aws({ service: 'sqs', action: 'purgeQueue', parameters: { QueueUrl: 'q' } }), {
        setups: cluster,
        estimate: '30m',
      })
      .after(use, other);
    // 6 + 24 + 30 minutes; at most the 3 hours of the other one, for which the plan has `use` wait, and 24 + 30 minutes.
    expect(hoursOf(dag)).toEqual({ least: 1, most: 3.9 });
  });

  test('a task without estimate and timeout leaves it open; the run’s own timeout bounds it', () => {
    const open = new Dag('open');
    open.task('use', step(clusterIn(open)));
    expect(hoursOf(open)).toEqual({ least: 0.1 });
    const { readme } = costOf(open);
    expect(takes(readme)['`cluster`']).toBe('at least $0.024');
    expect(takes(readme)['**in all**']).toBe('**at least $0.024**');
    expect(readme).toContain('- Times: `cluster` 6m or longer.');

    const bounded = new Dag('bounded', { dagrunTimeout: '2h' });
    bounded.task('use', step(clusterIn(bounded)));
    expect(hoursOf(bounded)).toEqual({ least: 0.1, most: 2 });
  });

  test('the longest way decides, through groups and branches too', () => {
    const dag = new Dag('ways', { params: { full: param.boolean({ default: true }) } });
    const cluster = clusterIn(dag);
    const [left, right] = [
      dag.task('left', step(cluster), { estimate: '54m' }),
      dag.task('right', step(cluster), { estimate: ['1h', '2h'] }),
    ];
    dag.branch('which', () => (dag.params.full ? left : right)).before(left, right);
    // Either may be skipped: at least the cluster's own start.
    expect(hoursOf(dag)).toEqual({ least: 0.1, most: 2.1 });
  });
});

describe('prices of instances', () => {
  test('as AWS’s list of 2026-01-19 has them, sizes of each kind', () => {
    const listed = {
      ...{
        'm5.xlarge': 0.192,
        'm5.24xlarge': 4.608,
        'm5a.8xlarge': 1.376,
        'm5d.16xlarge': 3.616,
        'm6a.48xlarge': 8.2944,
      },
      ...{ 'm6g.12xlarge': 1.848, 'm6gd.16xlarge': 2.8928, 'm6i.32xlarge': 6.144, 'm6id.8xlarge': 1.8984 },
      ...{ 'm7a.48xlarge': 11.12832, 'm7g.16xlarge': 2.6112, 'm7i.48xlarge': 9.6768, 'm8g.24xlarge': 4.30848 },
      ...{
        'c5.18xlarge': 3.06,
        'c5a.16xlarge': 2.464,
        'c5d.9xlarge': 1.728,
        'c6a.32xlarge': 4.896,
        'c6g.8xlarge': 1.088,
      },
      ...{ 'c6gd.4xlarge': 0.6144, 'c6i.24xlarge': 4.08, 'c6id.12xlarge': 2.4192, 'c7a.2xlarge': 0.41056 },
      ...{
        'c7g.4xlarge': 0.58,
        'c7i.8xlarge': 1.428,
        'c8g.48xlarge': 7.65696,
        'i3.16xlarge': 4.992,
        'i3en.6xlarge': 2.712,
      },
      ...{ 'i4g.8xlarge': 2.47104, 'r5.12xlarge': 3.024, 'r5a.4xlarge': 0.904, 'r5d.24xlarge': 6.912 },
      ...{ 'r6a.48xlarge': 10.8864, 'r6g.16xlarge': 3.2256, 'r6gd.8xlarge': 1.8432, 'r6i.32xlarge': 8.064 },
      ...{ 'r6id.16xlarge': 4.8384, 'r7a.12xlarge': 3.6516, 'r7g.2xlarge': 0.4284, 'r7i.24xlarge': 6.3504 },
      ...{ 'r8g.48xlarge': 11.31072 },
    };
    for (const [type, price] of Object.entries(listed)) expect([type, instanceHour(type)]).toEqual([type, price]);
    for (const type of ['m5.3xlarge', 'm5.metal', 'm5.', 'xlarge', 'constructor.xlarge', '', 'm4.xlarge', 'M5.xlarge'])
      expect([type, instanceHour(type)]).toEqual([type, undefined]);
  });

  test('EMR’s part is a quarter, of large ones $0.27 at least; spot leaves it as it is', () => {
    const hour = (type: string, market?: 'spot') => groupsHour([{ type, count: 1, ...(market && { market }) }]);
    expect(hour('m5d.xlarge')).toEqual({ least: 0.2825, most: 0.2825 });
    expect(hour('m5d.8xlarge')).toEqual({ least: 2.078, most: 2.26 });
    expect(hour('m5.xlarge', 'spot')).toEqual({ least: 0.0672, most: 0.24 });
  });

  const chargeOf = (groups: Parameters<typeof emr.cluster>[0]) => {
    const dag = new Dag('one', { env: { size: env.string() } });
    const cluster = dag.setup('cluster', emr.cluster(groups), { estimate: '30m' });
    dag.task('use', step(cluster), { estimate: '30m' });
    return costOf(dag);
  };
  const base = { release: 'emr-7.13.0', ...ROLES };

  test('a type that nobody has a price of is said, and the others are counted', () => {
    const mixed = chargeOf({ ...base, primary: { type: 'm5.xlarge' }, core: { type: 'z9.huge', count: 2 } });
    expect(mixed.cost.charges[0]).toMatchObject({
      what: '1 × m5.xlarge, 2 × z9.huge: $0.24 an hour, EC2’s part and EMR’s',
      open: 'no price of z9.huge is known here',
      takes: { least: 0.24 },
    });
    expect(takes(mixed.readme)['**in all**']).toBe('**at least $0.24**');
    const none = chargeOf({ ...base, primary: { type: 'z9.huge' } });
    expect(none.cost.charges[0]).toMatchObject({ what: '1 × z9.huge: by the hour, EC2’s part and EMR’s' });
    expect(takes(none.readme)['`cluster`']).toBe('at least $0');
    expect(none.readme).toContain('- Open above for `cluster`: no price of z9.huge is known here.');
  });

  test('a type that is known when it is deployed', () => {
    const dag = new Dag('later', { env: { size: env.string() } });
    dag.task('use', step(dag.setup('cluster', emr.cluster({ ...base, primary: { type: dag.env.size } }))));
    const { readme } = costOf(dag);
    expect(readme).toContain('1 × dag.env.size: by the hour');
    expect(readme).toContain('no price of dag.env.size is known here');
  });
});

test('a charge of somebody’s own template that is none', () => {
  const with_ = (charge: object) => {
    const dag = new Dag('own');
    const lower = () => ({
      start: '',
      states: { '': { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } },
    });
    dag.task('t', template({ service: 'aws', kind: 'mine', lower, permissions: () => [], charge: charge as never }));
    return () => compileDag(dag);
  };
  const good = { what: 'w', source: 'https://example.com/' };
  for (const wrong of [
    { ...good, perHour: 3 },
    { ...good, perHour: { least: 2, most: 1 } },
    { ...good, perHour: { most: 1 } },
    { ...good, least: -1 },
    { ...good, least: Number.NaN },
    { ...good, open: 1 },
    { what: 'w' },
  ])
    expect(with_(wrong)).toThrow(/DAG108 .*charge/);
  expect(with_({ ...good, perHour: { least: 1 }, open: 'it depends' })).not.toThrow(/DAG108/);
});
