import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('list');
const list = dag.task('list', aws({ service: 's3', action: 'listObjectsV2', parameters: { Bucket: 'b' } }));
for (const { Key } of list.output.Contents as { Key: string }[])
  dag.task('load', aws({ service: 's3', action: 'headObject', parameters: { Bucket: 'b', Key } }));

export default dag;
