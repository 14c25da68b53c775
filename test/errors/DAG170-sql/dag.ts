import { Dag } from 'dagwright';
import { athena, redshift } from 'dagwright/tasks';

const dag = new Dag('statements');
const sql = 'SELECT 1 AS n';
const lake = { database: 'd', results: 's3://b/answers/' };
const house = { database: 'dw', workgroup: 'analytics' };
// Fields that do not go together.
dag.task('a', redshift.sql({ sql, database: 'dw' }));
dag.task('b', redshift.sql({ sql, ...house, cluster: 'dw' }));
dag.task('c', redshift.sql({ sql, ...house, dbUser: 'etl' }));
dag.task('d', redshift.sql({ sql, database: 'dw', cluster: 'dw', dbUser: 'etl', secret: 'arn:aws:secretsmanager:x' }));
dag.task('e', redshift.sql({ sql, ...house, rows: true }));
dag.task('f', athena.query({ sql, ...lake, columns: { n: 'integer' } }));
dag.task('g', athena.query({ sql, ...lake, rows: true, columns: { Total: 'integer' } }));
dag.task('h', athena.unload({ sql: `UNLOAD (${sql}) TO 's3://b/x/'`, to: 's3://b/x/', ...lake }));
dag.task('i', athena.unload({ sql, to: 's3://b/x/', fieldDelimiter: ';', ...lake }));
dag.task('j', athena.createTableAs({ sql: 'create table t as select 1', table: 't', location: 's3://b/t/', ...lake }));
// Names of Airflow's and the API's.
dag.task('k', redshift.sql({ sql, database: 'dw', workgroup_name: 'w', return_sql_result: true } as never));
dag.task('l', redshift.sql({ sql, ...house, poll_interval: 10 } as never));
dag.task('m', athena.unload({ query: sql, location: 's3://b/x/', ...lake } as never));
dag.task('n', athena.query({ sql, ...lake, result_reuse_configuration: {} } as never));
// Values that there cannot be.
dag.task('o', redshift.sql({ sql: 'sql/load.sql', ...house }));
dag.task('p', redshift.sql({ sql: [], ...house }));
dag.task('q', redshift.sql({ sql, ...house, parameters: { day: '' } }));
dag.task('r', athena.query({ sql, ...lake, rows: true, columns: { n: 'int' as never } }));
dag.task('s', athena.query({ sql, ...lake, reuse: '30d' }));
dag.task('t', athena.unload({ sql, to: 'x/', format: 'parquet' as never, ...lake }));
dag.task('u', athena.createTableAs({ sql, table: 'db.t', location: 's3://b/t/', ...lake }));
dag.task('v', (redshift as never as { executeStatement(q: never): never }).executeStatement({ sql } as never));

export default dag;
