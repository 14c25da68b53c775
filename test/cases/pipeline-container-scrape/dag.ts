import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** Sites are scraped in containers, at most as long as the hour lasts; what one site refuses does not stop the others. */
const dag = new Dag('pipeline-container-scrape', {
  schedule: '@hourly',
  env: { cluster: env.string(), task: env.string(), subnet: env.string(), taskRole: env.role(), pulls: env.role() },
});
const scrape = (site: string) =>
  aws({
    service: 'ecs',
    action: 'runTask',
    pattern: 'sync',
    parameters: {
      Cluster: dag.env.cluster,
      TaskDefinition: dag.env.task,
      LaunchType: 'FARGATE',
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [dag.env.subnet] } },
      Overrides: { ContainerOverrides: [{ Name: 'scraper', Command: ['scrape', site] }] },
    },
    // Of the task definition.
    passRoles: [dag.env.taskRole, dag.env.pulls],
  });
const sites = ['alpha', 'beta', 'gamma'].map((site) =>
  dag.task(`scrape_${site}`, scrape(site), { executionTimeout: '40m', retries: 1, retryDelay: '1m' }),
);
dag
  .task('merge', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'merge' } }), {
    triggerRule: 'one_success',
  })
  .after(...sites);

export default dag;
