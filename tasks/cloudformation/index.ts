/** AWS CloudFormation. */
export { type StackOutput, type StackParameters, stack } from './stack.ts';
