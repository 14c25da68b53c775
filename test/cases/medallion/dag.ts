import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Bronze, silver and gold for three sources; gold tables read several silver ones, in no shape that nests. */
const dag = new Dag('medallion', { schedule: '@daily', env: { jobs: env.string() } });
const job = (JobName: string) =>
  aws({
    service: 'glue',
    action: 'startJobRun',
    pattern: 'sync',
    parameters: { JobName: `${dag.env.jobs}-${JobName}` },
  });
const silver = (source: string) =>
  dag.task(`silver_${source}`, job(`silver-${source}`)).after(dag.task(`bronze_${source}`, job(`bronze-${source}`)));
const crm = silver('crm');
const erp = silver('erp');
const web = silver('web');
dag.task('gold_customers', job('gold-customers')).after(crm, web);
dag.task('gold_revenue', job('gold-revenue')).after(crm, erp);
dag.task('gold_traffic', job('gold-traffic')).after(web);

export default dag;
