import { Dag } from 'dagwright';
import { glue, lambda, redshift } from 'dagwright/tasks';

const dag = new Dag('names');
// A layer, and what is no name of a function; a name that Redshift Serverless does not take.
dag.task('layer', lambda.invoke({ function: 'arn:aws:lambda:eu-west-1:111122223333:layer:tools:3' }));
dag.task('file', lambda.invoke({ function: 'functions/score.ts' }));
dag.task('fits', lambda.invoke({ function: 'arn:aws:lambda:eu-west-1:111122223333:function:score:live' }));
dag.task('sql', redshift.sql({ workgroup: 'dw', database: 'sales', sql: 'SELECT 1' }));
dag.task('job', glue.job({ script: 's3://b/x.py', role: 'r', numberOfWorkers: 2, version: '5.1' } as never));

export default dag;
