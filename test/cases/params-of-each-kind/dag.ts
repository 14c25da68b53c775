import { Dag, env, expr, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

interface Filter {
  readonly country: string;
  readonly tags?: readonly string[];
}

/** A param of each kind, with what it may be; what does not fit ends the run before anything is done. */
const dag = new Dag('params-of-each-kind', {
  env: { bucket: env.bucket() },
  params: {
    day: param.string({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The day to export' }),
    name: param.string({ default: 'export', minLength: 1, maxLength: 20 }),
    limit: param.integer({ default: 100, minimum: 1, maximum: 1000 }),
    share: param.number({ default: 0.5, minimum: 0, maximum: 1 }),
    gzip: param.boolean({ default: true }),
    format: param.enum(['csv', 'json'], { default: 'csv' }),
    filter: param.json<Filter>({ default: { country: 'CH' } }),
  },
});
const { day, name, limit, share, gzip, format, filter } = dag.params;
dag.task(
  'export',
  aws({
    service: 'lambda',
    action: 'invoke',
    parameters: {
      FunctionName: 'export',
      Payload: {
        to: `s3://${dag.env.bucket}/${day}/${name}.${format}`,
        limit,
        share,
        gzip,
        filter,
        country: filter.country,
        rows: expr(() => limit * share),
        compressed: expr(() => (gzip && format === 'csv' ? 'csv.gz' : format)),
      },
    },
  }),
);

export default dag;
