export { CATALOGUE, type Code, diagnose } from './catalogue.ts';
export type { Diagnostic, Entry, Place, Severity } from './diagnostic.ts';
export { type ExitCode, inOrder, isError, Stop } from './diagnostic.ts';
export { listed, nearest } from './did-you-mean.ts';
export { secretKind, withoutSecrets } from './secret-kind.ts';
