/** Amazon SNS. */
export { type PublishOutput, type PublishParameters, publish } from './publish.ts';
