import { Dag, param } from 'dagwright';
import { aws } from 'dagwright/tasks';

let deep: object = {};
for (let i = 0; i < 20_000; i++) deep = { deep };

const dag = new Dag('deep', { params: { filter: param.json({ default: deep }) } });
dag.task('a', aws({ service: 'dynamodb', action: 'putItem', parameters: { TableName: 't', Item: deep } as never }));

export default dag;
