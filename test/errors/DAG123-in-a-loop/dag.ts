import { Dag, env } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('loop', { env: { lake: env.bucket() } });
const parameters = { Bukcet: dag.env.lake, Key: 'k' } as unknown as { Bucket: string; Key: string };
for (const day of ['monday', 'tuesday', 'sunday'])
  dag.task(day, aws({ service: 's3', action: 'putObject', parameters }));

export default dag;
