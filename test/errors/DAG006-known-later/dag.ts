import { Dag, env } from 'dagwright';
import { athena, aws, emr } from 'dagwright/tasks';

// Texts that must be known when the DAG is compiled, a query that is a file's name, a release that is none.
const dag = new Dag('known-later', { env: { lake: env.bucket(), role: env.role() } });
const { lake, role } = dag.env;
dag.task('buckets', aws({ service: 's3', action: 'listBuckets', parameters: {} }), { docMd: `Those beside ${lake}` });
dag.task('count', athena.query({ sql: 'sql/count.sql', database: 'd', results: `s3://${lake}/` }));
const primary = { type: 'm5.xlarge' };
dag.setup('cluster', emr.cluster({ release: '7.13.0', primary, serviceRole: role, instanceProfile: role }));

export default dag;
