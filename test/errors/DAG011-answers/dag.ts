import { Dag, env, expr, maybe } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

/** What a JavaScript file knows of a value. */
interface Untyped {
  readonly [field: string]: Untyped;
}
const untyped = (output: unknown) => output as Untyped;

const dag = new Dag('answers', { env: { lake: env.bucket() } });
const say = (message: unknown) =>
  aws({
    service: 'sns',
    action: 'publish',
    parameters: { TopicArn: 'arn:aws:sns:eu-central-1:111122223333:told', Message: message as string },
  });
const start = dag.task('start', aws({ service: 'glue', action: 'startJobRun', parameters: { JobName: 'daily' } }));
const job = dag.task(
  'job',
  aws({ service: 'glue', action: 'startJobRun', pattern: 'sync', parameters: { JobName: 'daily' } }),
);
const list = dag.task('list', aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: dag.env.lake } }));
const query = dag.task(
  'query',
  athena.query({ sql: 'SELECT 1', database: 'gold', results: `s3://${dag.env.lake}/answers/` }),
);
const unlinked = dag.task(
  'unlinked',
  aws({ service: 'sqs', action: 'deleteMessage', parameters: { QueueUrl: 'https://q', ReceiptHandle: 'h' } }),
);

const started = untyped(start.output);
const ended = untyped(job.output);
const listed = untyped(list.output);
const field = 'JobRunStat';

// Outside of arrows: a parameter, a text, a computed name, a list without a position, what a field of a field has.
dag.task('parameter', say(started.JobRunIdd));
dag.task('text', say(`${ended.JobRunId} is over`));
dag.task('computed', say(ended[field]));
dag.task('no_position', say(listed.Contents?.Key));
dag.task('item', say(listed.Contents?.[0]?.key));
dag.task('deep', say(untyped(query.output).QueryExecution?.QueryExecutionld));
dag.task('behind_a_text', say(started.JobRunId?.value));
dag.task('nothing', say(untyped(unlinked.output).MessageId));

// In arrows.
dag.task('expression', say(expr(() => started.JobRunID)));
dag.task('perhaps', say(expr(() => maybe(started)?.Jobrunid ?? 'none')));
dag.task('behind_a_number', say(expr(() => `${listed.KeyCount?.length}`)));
dag.if(() => Number(listed.KeyCont) > 0).then(dag.task('some', say('some')));
const chosen = dag.branch('chosen', () => (listed.IsTruncated ? 'more' : []));
dag.task('more', say(untyped(chosen.output).first)).after(chosen);

export default dag;
