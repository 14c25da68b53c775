import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

export const shared = new Dag('shared');
shared.task('list', aws({ service: 's3', action: 'listBuckets', parameters: {} }));
