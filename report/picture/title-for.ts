import { basename, dirname, extname, resolve } from 'node:path';

/** Names that say nothing of what they hold. */
const PLAIN = /^(step_function|definition|machine|state_?machine|statemachine|history|run|index)(\.asl)?$/i;

/** A title from the name of a machine's file, or of its folder where that says more. */
export function titleFor(file: string): string {
  if (file === '-') return 'state machine';
  const name = basename(file, extname(file));
  return PLAIN.test(name) ? basename(dirname(resolve(file))) || name : name.replace(/\.asl$/i, '');
}
