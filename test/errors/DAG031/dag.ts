import { Dag } from 'dagwright';
import { aws, sqlFiles } from 'dagwright/tasks';

const dag = new Dag('no-sql');
for (const { id, sql } of sqlFiles('queries')) {
  dag.task(id, aws({ service: 'athena', action: 'startQueryExecution', parameters: { QueryString: sql } }));
}

export default dag;
