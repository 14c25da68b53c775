/** Any action of any AWS service. */
export { type AwsCall, aws } from './aws.ts';
