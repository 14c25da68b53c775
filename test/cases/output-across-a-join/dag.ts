import { Dag, env } from 'dagwright';
import { athena, aws } from 'dagwright/tasks';

/** The ids of two queries are read behind the join, together with what the first task of all answered. */
const dag = new Dag('output-across-a-join', { env: { lake: env.bucket(), topic: env.string() } });
const { lake, topic } = dag.env;
const partition = dag.task(
  'partition',
  aws({
    service: 'glue',
    action: 'getPartition',
    parameters: { DatabaseName: 'd', TableName: 't', PartitionValues: ['2026'] },
  }),
);
const ask = (id: string) =>
  dag
    .task(id, athena.query({ sql: `SELECT * FROM ${id}`, database: 'd', results: `s3://${lake}/${id}/` }))
    .after(partition);
const [north, south] = [ask('north'), ask('south')];
dag.task(
  'tell',
  aws({
    service: 'sns',
    action: 'publish',
    parameters: {
      TopicArn: topic,
      Message: `${north!.output.QueryExecution.QueryExecutionId} and ${south!.output.QueryExecution.QueryExecutionId} over ${partition.output.Partition!.StorageDescriptor!.Location!}`,
    },
  }),
);

export default dag;
