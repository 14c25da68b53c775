import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('elsewhere', { env: { partner: env.string() } });
const clean = aws({
  service: 'glue',
  action: 'startJobRun',
  pattern: 'sync',
  parameters: { JobName: 'clean' },
  credentials: { roleArn: dag.env.partner },
});

// Jobs of another account, of which one may run twice.
dag.task('clean', clean);
dag.task('again', clean, { retries: 2 });

// It starts no job, and this one is waited for in this account.
dag.task(
  'list',
  aws({ service: 's3', action: 'listBuckets', parameters: {}, credentials: { roleArn: dag.env.partner } }),
);
dag.task('own', aws({ service: 'glue', action: 'startJobRun', pattern: 'sync', parameters: { JobName: 'clean' } }));

export default dag;
