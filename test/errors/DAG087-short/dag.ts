import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('credentials', { env: { lender: env.role() } });
const call = (credentials: unknown) =>
  aws({ service: 'glue', action: 'startCrawler', parameters: { Name: 'c' }, credentials: credentials as never });
dag.task('reference', call(dag.env.lender));
dag.task('text', call('arn:aws:iam::210987654321:role/lender'));
dag.task('list', call([]));

export default dag;
