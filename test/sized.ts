/** Whether everything is tried (`npm run test:all`), or a part of it that is the same at each run (`npm test`). */
export const ALL = Boolean(process.env.DAGWRIGHT_TEST_ALL);

/** How many cases of a kind a test tries: in `npm test`, and in `npm run test:all`. */
export function sized(part: number, whole: number): number {
  return ALL ? whole : part;
}
