import type { VisitStatus } from '../../asl/trace/trace.ts';

/** How a state stands in the picture: as its visits ended, or without any. `elsewhere` is in histories of child executions. */
export type StateStatus = VisitStatus | 'not_reached' | 'elsewhere';

/** Each with its word and its sign: nobody has to tell them apart by colour. In the order in which one hides another. */
export const STATUSES: { readonly [status in StateStatus]: { readonly word: string; readonly sign: string } } = {
  running: { word: 'running', sign: '▸' },
  failed: { word: 'failed', sign: '✕' },
  aborted: { word: 'aborted', sign: '■' },
  caught: { word: 'failed and caught', sign: '!' },
  succeeded: { word: 'succeeded', sign: '✓' },
  elsewhere: { word: 'in child executions', sign: '↗' },
  not_reached: { word: 'not reached', sign: '' },
};

export const ORDER = Object.keys(STATUSES) as StateStatus[];
