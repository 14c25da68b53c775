import { Dag } from 'dagwright';
import { athena, emr, glue, kaggle } from 'dagwright/tasks';

const dag = new Dag('missing');
dag.task('a', emr.spark({ script: 's3://b/x.py' } as never));
dag.task('b', athena.query({ sql: 'SELECT 1' } as never));
dag.task('c', glue.crawl({} as never));
dag.task('d', glue.pythonShell(undefined as never));
dag.task('e', kaggle.download({ dataset: 'o/d', files: ['*'] } as never));
dag.setup('f', emr.cluster({ release: 'emr-7.13.0', primary: {}, core: { type: 'm6g.xlarge' } } as never));

export default dag;
