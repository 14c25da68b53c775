import { Dag } from 'dagwright';
import { lambda } from 'dagwright/tasks';

const dag = new Dag('requirements');
const clean = (...requirements: string[]) =>
  lambda.python('test/packaging/functions/clean.py', { handler: 'clean', requirements });
dag.task('option', clean('-r requirements.txt'));
dag.task('empty', clean('pyarrow==22.0.0', ''));
dag.task('comment', clean('pyarrow==22.0.0  # for Parquet'));
dag.task(
  'fine',
  clean(
    'requests[socks,security]>=2.31,<3; python_version >= "3.10"',
    'a.b @ https://example.org/a-1.0-py3-none-any.whl',
    'c==1 --hash=sha256:00',
    'd',
  ),
);

export default dag;
