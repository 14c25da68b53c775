/** Amazon SQS. */
export { type SendOutput, type SendParameters, send } from './send.ts';
