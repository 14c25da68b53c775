import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const buckets = aws({ service: 's3', action: 'listBuckets', parameters: {} });
const other = new Dag('other');
const open = other.setup('open', buckets);
const dag = new Dag('foreign');
dag.teardown('close', buckets, { setups: [open] });

export default [dag, other];
