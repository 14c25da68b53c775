import { Dag, expr } from 'dagwright';
import { aws } from 'dagwright/tasks';

/** How many files are in a folder and which is the first; an empty folder ends the run well, with nothing loaded. */
const dag = new Dag('output-as-a-list');
const list = dag.task(
  'list',
  aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: 'in', Prefix: 'today/' } }),
);
const files = list.output.Contents!;
const any = dag.shortCircuit('any', () => list.output.KeyCount! > 0);
dag
  .task(
    'tell',
    aws({
      service: 'sns',
      action: 'publish',
      parameters: {
        TopicArn: 'arn:aws:sns:us-east-1:111122223333:t',
        Message: expr(() =>
          files.length === 1 ? `only ${files[0]!.Key}` : `${files.length} files, first ${files[0]!.Key}`,
        ),
      },
    }),
  )
  .after(any);
dag
  .task('load', aws({ service: 'lambda', action: 'invoke', parameters: { FunctionName: 'load', Payload: { files } } }))
  .after(any);

export default dag;
