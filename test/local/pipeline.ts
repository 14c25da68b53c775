import { createHash } from 'node:crypto';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { State, StateMachine } from '../../asl/language/types.ts';
import { ProcessGroups } from '../../engines/process/process-groups.ts';
import type { RunOptions } from '../../local/run.ts';
import type { Manifest, ManifestTask } from '../../manifest/manifest.ts';
import { PlainProgress } from '../../report/progress/plain-progress.ts';
import { folderWith, REPOSITORY, repositoryPython, writeFiles, writeParquet } from './support.ts';

/** The job of the pipeline: writes what it was given; with `--sleep` it says where it is and waits; with `--fail` it fails. */
export const JOB = `
import os, sys, time
root = os.path.join(os.environ["DAGWRIGHT_S3_ROOT"], "my-lake")
args = dict(zip(sys.argv[1::2], sys.argv[2::2]))
if args.get("--mode") == "fail":
    print("what the job says")
    raise SystemExit("the job cannot go on")
if args.get("--mode") == "sleep":
    open(os.path.join(root, "pid.tmp"), "w").write(str(os.getpid()))
    os.rename(os.path.join(root, "pid.tmp"), os.path.join(root, "pid"))
    time.sleep(600)
open(os.path.join(root, "made.txt"), "w").write(args["--mode"])
`;

const task = (id: string, service: string, upstreams: string[], more: Partial<ManifestTask> = {}): ManifestTask => ({
  id,
  kind: 'task',
  service,
  upstreams,
  triggerRule: 'all_success',
  states: [id],
  ...more,
});

/**
 * A small pipeline as the compiler writes it, without Spark: a cluster with its teardown, a job and a query beside it, in two branches;
 * the job's failure is caught and recorded, what is after it is passed over, the other branch goes on.
 */
export const MACHINE: StateMachine = {
  QueryLanguage: 'JSONata',
  StartAt: 'params',
  States: {
    params: { Type: 'Pass', Assign: { mode: '{% $states.input.params.mode %}', ended: [] }, Next: 'cluster' },
    cluster: {
      Type: 'Task',
      Resource: 'arn:aws:states:::elasticmapreduce:createCluster.sync',
      Arguments: {
        Name: 'c',
        ReleaseLabel: 'emr-7.13.0',
        ServiceRole: '${role}',
        Instances: { KeepJobFlowAliveWhenNoSteps: true },
      },
      Assign: { cluster: '{% $states.result.ClusterId %}' },
      Next: 'job, query',
    },
    'job, query': {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'job',
          States: {
            job: {
              Type: 'Parallel',
              Branches: [
                {
                  StartAt: 'job: job',
                  States: {
                    'job: job': {
                      Type: 'Task',
                      Resource: 'arn:aws:states:::aws-sdk:glue:createJob',
                      Arguments: {
                        Name: 'job',
                        Role: '${role}',
                        Command: { Name: 'pythonshell', ScriptLocation: '${assets}/KEY/job.py' },
                      },
                      Catch: [{ ErrorEquals: ['Glue.AlreadyExistsException'], Next: 'job: run' }],
                      Next: 'job: run',
                    },
                    'job: run': {
                      Type: 'Task',
                      Resource: 'arn:aws:states:::glue:startJobRun.sync',
                      Arguments: {
                        JobName: 'job',
                        Arguments: { '--scriptLocation': '${assets}/KEY/job.py', '--mode': '{% $mode %}' },
                      },
                      End: true,
                    },
                  },
                },
              ],
              Assign: { ran: '{% $states.result[0].JobRunState %}' },
              Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1, IntervalSeconds: 60 }],
              Catch: [
                {
                  ErrorEquals: ['States.ALL'],
                  Next: 'job: ended',
                  Output: { ended: { task: 'job', state: 'failed', error: '{% $states.errorOutput.Error %}' } },
                },
              ],
              Next: 'after_job',
            },
            after_job: {
              Type: 'Task',
              Resource: 'arn:aws:states:::aws-sdk:s3:putObject',
              Arguments: { Bucket: '${lake}', Key: 'after.txt', Body: '{% $ran %}' },
              Output: {},
              End: true,
            },
            'job: ended': { Type: 'Pass', End: true },
          },
        },
        {
          StartAt: 'query',
          States: {
            query: {
              Type: 'Task',
              Resource: 'arn:aws:states:::athena:startQueryExecution.sync',
              Arguments: {
                QueryString: '-- How many are there?\nSELECT count(*) AS n FROM t',
                QueryExecutionContext: { Database: 'db' },
                ResultConfiguration: { OutputLocation: 's3://${lake}/answers/query/' },
              },
              Output: {},
              Catch: [
                {
                  ErrorEquals: ['States.ALL'],
                  Next: 'query: ended',
                  Output: { ended: { task: 'query', state: 'failed', error: '{% $states.errorOutput.Error %}' } },
                },
              ],
              End: true,
            },
            'query: ended': { Type: 'Pass', End: true },
          },
        },
      ],
      Assign: { ended: '{% [$states.result.ended] %}' },
      Next: 'terminate_cluster',
    },
    terminate_cluster: {
      Type: 'Task',
      Resource: 'arn:aws:states:::elasticmapreduce:terminateCluster.sync',
      Arguments: { ClusterId: '{% $cluster %}' },
      Next: 'failed?',
    },
    'failed?': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $count($ended) > 0 %}', Next: 'failed' }],
      Default: 'succeeded',
    },
    failed: { Type: 'Fail', Error: '{% $ended[0].error %}', Cause: '{% $string($ended) %}' },
    succeeded: { Type: 'Succeed' },
  },
};

const keyOf = (script: string) => createHash('sha256').update(script).digest('hex');

const TASKS: readonly ManifestTask[] = [
  task('cluster', 'emr', [], { kind: 'setup' }),
  task('job', 'glue', ['cluster'], { states: ['job', 'job: job', 'job: run'] }),
  task('after_job', 's3', ['job']),
  task('query', 'athena', ['cluster'], { description: 'How many rows are there?' }),
  task('terminate_cluster', 'emr', ['after_job', 'cluster', 'query'], {
    kind: 'teardown',
    setups: ['cluster'],
    triggerRule: 'all_done_setup_success',
  }),
];

const assetOf = (script: string) => ({
  path: 'jobs/job.py',
  sha256: keyOf(script),
  key: `job-${keyOf(script).slice(0, 12)}/job.py`,
});

export const MANIFEST: Manifest = {
  manifestVersion: 1,
  dag: 'small',
  schedule: null,
  catchup: false,
  tags: [],
  params: {
    type: 'object',
    properties: { mode: { type: 'string', default: 'work' } },
    required: [],
    additionalProperties: false,
  },
  env: { lake: { kind: 'bucket' }, role: { kind: 'role' } },
  assets: [assetOf(JOB)],
  tasks: TASKS,
};

/** A project with the pipeline compiled, its table in the lake and in the catalog, and the Python environment of the repository. */
export async function smallProject(states: Readonly<Record<string, State>> = {}, script = JOB): Promise<string> {
  await repositoryPython();
  const machine = JSON.stringify({ ...MACHINE, States: { ...MACHINE.States, ...states } }).replaceAll(
    'KEY/',
    `job-${keyOf(script).slice(0, 12)}/`,
  );
  const project = await folderWith({
    'dist/small/step_function.json': machine,
    'dist/small/manifest.json': JSON.stringify({ ...MANIFEST, assets: [assetOf(script)] }),
    'dagwright.yaml': 'local:\n  env: { lake: my-lake, role: local }\n',
    'jobs/job.py': script,
    '.dagwright/local/glue/catalog.json': JSON.stringify({
      databases: {
        db: {
          Name: 'db',
          CreateTime: '',
          tables: {
            t: {
              Name: 't',
              DatabaseName: 'db',
              Location: 's3://my-lake/gold/t/',
              Columns: [{ Name: 'n', Type: 'int' }],
              PartitionKeys: [],
              CreateTime: '',
              UpdateTime: '',
              Parameters: {},
            },
          },
        },
      },
      crawlers: {},
      jobs: {},
    }),
  });
  await writeParquet(join(project, '.dagwright/local/s3/my-lake/gold/t/a.parquet'), 'SELECT 1 AS n UNION ALL SELECT 2');
  await symlink(join(REPOSITORY, '.dagwright/python'), join(project, '.dagwright/python'));
  await writeFiles(project, {
    'requirements.txt': await import('node:fs/promises').then((fs) =>
      fs.readFile(join(REPOSITORY, 'requirements.txt'), 'utf8'),
    ),
  });
  return project;
}

/** What a run of a project's DAG is started with: its own dist, no mounts, no progress to be seen. */
export function runOptions(project: string, dag = 'small'): RunOptions {
  return {
    dag,
    project,
    dist: join(project, 'dist'),
    mounts: [],
    env: process.env,
    progress: new PlainProgress(() => {}),
    groups: new ProcessGroups(),
    signal: new AbortController().signal,
  };
}
