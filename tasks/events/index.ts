/** Amazon EventBridge. */
export { type EventEntry, type PutOutput, type PutParameters, put } from './put.ts';
