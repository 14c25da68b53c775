/** Addresses on the web. */
export { type CallOutput, type CallParameters, call } from './call.ts';
