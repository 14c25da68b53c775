import { Dag } from 'dagwright';
import { glue, lambda, sns } from 'dagwright/tasks';

const dag = new Dag('secrets');
dag.task('load', glue.startJob({ job: 'load', args: { key: 'AKIAIOSFODNN7EXAMPLE' } }));
dag.task('read', glue.startJob({ job: 'read', args: { url: 'postgresql://reader:hunter2@db.example.com/shop' } }));
dag.task('tell', sns.publish({ topic: 'alerts', message: { token: `ghp_${'a'.repeat(36)}` } }));
dag.task(
  'call',
  lambda.python('test/packaging/functions/clean.py', {
    handler: 'clean',
    environment: { KEY: '-----BEGIN PRIVATE KEY-----\nMIIE' },
  }),
);
// Addresses with a name alone, and what only looks like it.
dag.task('fits', glue.startJob({ job: 'read', args: { url: 'sftp://reader@files.example.com/in/', id: 'AKIA-1' } }));

export default dag;
