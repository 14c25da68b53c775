/** Amazon Bedrock. */
export { type InvokeOutput, type InvokeParameters, invoke } from './invoke.ts';
