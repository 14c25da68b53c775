import { Dag, env } from 'dagwright';
import { kaggle } from 'dagwright/tasks';

// A dataset by its address in a browser, a name alone, a list in one text; what is known later is not held against the form.
const dag = new Dag('kaggle', { env: { dataset: env.string() } });
const cluster = 'j-2AXXXXXXGAPLF';
const to = 's3://lake/bronze/';
const address = 'https://www.kaggle.com/datasets/netflix-inc/netflix-prize-data';
dag.task('address', kaggle.download({ cluster, to, dataset: address, files: ['*.csv'] }));
dag.task('name', kaggle.download({ cluster, to, dataset: 'netflix-prize-data', files: ['a.csv,b.csv'] }));
dag.task('refreshed', kaggle.download({ cluster, to, dataset: 'o/d', files: ['*'], refresh: 'yes' as never }));
dag.task('later', kaggle.download({ cluster, to, dataset: dag.env.dataset, files: ['*'] }));

export default dag;
