import { Dag } from 'dagwright';
import { aws } from 'dagwright/tasks';

const dag = new Dag('actions');
dag.task(
  'ask',
  aws({
    service: 'lambda',
    action: 'invoke',
    parameters: { FunctionName: 'f' },
    permissions: [
      { actions: ['s3:GetObjekt', 'GetObject', 's3:Get*', 's3:PutObject'], resources: ['arn:aws:s3:::b/*'] },
    ],
  }),
);

export default dag;
