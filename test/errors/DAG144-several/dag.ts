// @ts-expect-error: the names of Airflow
import { DAG, Dag, Variable as Setting } from 'dagwright';
import * as tasks from 'dagwright/tasks';

const dag = new Dag('several');
// @ts-expect-error: there is no such template
dag.task('list', tasks.kinesis.list({ bucket: Setting.get('bucket') }));
// @ts-expect-error: nor this one
dag.task('run', tasks.eks.run({ dag: DAG }));

export default dag;
