import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Tables are copied into Redshift side by side, a view is refreshed, and old partitions are dropped whatever happened. */
const dag = new Dag('pipeline-warehouse-copy', {
  schedule: '0 3 * * *',
  env: { workgroup: env.string(), lake: env.bucket(), copyRole: env.string() },
});
const { workgroup, lake, copyRole } = dag.env;
const sql = (Sql: string) =>
  aws({
    service: 'redshiftdata',
    action: 'executeStatement',
    parameters: { WorkgroupName: workgroup, Database: 'dw', Sql },
  });
const copies = ['facts', 'clients'].map((table) =>
  dag.task(
    `copy_${table}`,
    sql(`COPY ${table} FROM 's3://${lake}/gold/${table}/' IAM_ROLE '${copyRole}' FORMAT PARQUET`),
  ),
);
dag.task('refresh', sql('REFRESH MATERIALIZED VIEW revenue')).after(...copies);
dag
  .task('drop_old', sql('DELETE FROM facts WHERE day < dateadd(year, -2, current_date)'), { triggerRule: 'all_done' })
  .after(...copies);

export default dag;
