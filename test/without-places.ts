import { withLoading } from '../authoring/internal.ts';

/** Makes DAGs by the thousand: no task looks for its place in the file, which takes longer than all else that is done for it. */
export function withoutPlaces<T>(make: () => T): T {
  return withLoading({ placeOf: () => undefined }, make);
}
