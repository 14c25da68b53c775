import { Dag } from 'dagwright';
import { athena } from 'dagwright/tasks';

const dag = new Dag('wordy');
const words = (n: number) => `SELECT '${'word '.repeat(n)}'`;
for (let i = 0; i < 13; i++) {
  dag.task(`q${i}`, athena.query({ sql: words(17_000 + i), database: 'd', results: 's3://answers/' }));
}

export default dag;
