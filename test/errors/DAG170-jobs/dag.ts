import { Dag, env } from 'dagwright';
import { glue } from 'dagwright/tasks';

const dag = new Dag('together', { env: { role: env.role() } });
const { role } = dag.env;
const script = 's3://b/x.py';
// Fields that do not go together.
dag.task('a', glue.job({ script, role, numberOfWorkers: 2, workerType: 'R.1X', glueVersion: '3.0' }));
dag.task('b', glue.job({ script, role, numberOfWorkers: 2, executionClass: 'FLEX', glueVersion: '2.0' }));
dag.task('c', glue.job({ script, role, numberOfWorkers: 2, bookmarks: true, maxConcurrentRuns: 5 }));
dag.task('d', glue.startJob({ job: 'j', workerType: 'G.1X' }));
dag.task('e', glue.startJob({ job: 'j', numberOfWorkers: 5 }));
// Names of Airflow's, CDK's and the API's, and values that there cannot be.
dag.task('f', glue.job({ script_location: script, iam_role_name: role, numberOfWorkers: 2 } as never));
dag.task('g', glue.job({ script, role, workerType: 'G.1X' } as never));
dag.task('h', glue.job({ script, role, numberOfWorkers: 1, workerType: 'Standard' as never, glueVersion: 'Spark 3' }));
dag.task('i', glue.job({ script, role, numberOfWorkers: 2, num_of_dpus: 10, extraJars: ['s3://b/x.jar'] } as never));
dag.task('j', glue.startJob({ job_name: 'j', script_args: {}, deferrable: true } as never));
dag.task('k', glue.startJob({ job: 'j', script } as never));
dag.task('l', glue.job({ script, role, numberOfWorkers: 2, args: { rows: 5 as never } }));
dag.task('m', (glue as never as { startJobRun(job: never): never }).startJobRun({ JobName: 'j' } as never));
// Kinds of jobs that a DAG does not make.
dag.task('n', glue.job({ script, role, numberOfWorkers: 2, runtime: 'Ray2.4' } as never));
dag.task('o', glue.job({ script, role, numberOfWorkers: 2, type: 'gluestreaming' } as never));
dag.task('p', (glue as never as { ray(job: never): never }).ray({ script } as never));

export default dag;
