export { CATALOGUE, type Code, diagnose } from './catalogue.ts';
export type { Diagnostic, Entry, Place, Severity } from './diagnostic.ts';
export { listed, nearest } from './did-you-mean.ts';
export { inOrder } from './in-order.ts';
export { type ExitCode, Stop } from './stop.ts';
