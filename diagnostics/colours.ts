import { createColors } from 'picocolors';

export type Colours = ReturnType<typeof createColors>;

/**
 * Colours where a stream is a terminal, none elsewhere: being in CI is no terminal. `NO_COLOR` and `FORCE_COLOR` are honoured.
 * @see https://no-color.org
 */
export function coloursFor(stream: { readonly isTTY?: boolean }): Colours {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  return createColors(!NO_COLOR && (Boolean(FORCE_COLOR) || (stream.isTTY === true && TERM !== 'dumb')));
}
