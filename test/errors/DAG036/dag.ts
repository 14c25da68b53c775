import { Dag, env } from 'dagwright';
import { glue } from 'dagwright/tasks';

const dag = new Dag('long_names', { env: { role: env.role({ description: 'The crawlers assume it' }) } });
const crawlOf = (which: string) =>
  dag.task(
    `brings_the_catalog_up_to_date_for_the_tables_that_the_night_load_wrote_${which}`,
    glue.crawl({ database: 'd', role: dag.env.role, path: `s3://lake/${which}/` }),
  );
// One after the other: their states stand in one scope, where the second's would replace the first's.
crawlOf('ratings').after(crawlOf('movies'));

export default dag;
