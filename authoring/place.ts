import { fileURLToPath } from 'node:url';
import type { Place } from '../diagnostics/index.ts';

/** Frames of these folders (what the package's build shares between its entry points is in chunks/) are dagwright's own; the first other is the user's. */
const OWN = ['authoring', 'tasks', 'chunks'].map((room) => fileURLToPath(new URL(`../${room}/`, import.meta.url)));

let mapper: ((place: Place) => Place | undefined) | undefined;

/** The loader sets it while a bundle runs: from a place in the bundle to the place in the file that the user wrote. */
export function setPlaceMapper(map: typeof mapper): void {
  mapper = map;
}

/** A place in a bundle as one in the file that the user wrote; any other stays. */
export function mappedPlace(place: Place): Place {
  return mapper?.(place) ?? place;
}

/** Where the user's code called us; undefined where no frame is the user's. */
export function callSite(): Place | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 16;
    Error.prepareStackTrace = (_, frames) => frames;
    const frames = new Error().stack as unknown as NodeJS.CallSite[];
    for (const frame of frames) {
      const name = frame.getFileName();
      if (!name || name.startsWith('node:')) continue;
      const file = name.startsWith('file:') ? fileURLToPath(name) : name;
      if (OWN.some((folder) => file.startsWith(folder))) continue;
      const place = { file, line: frame.getLineNumber() ?? 1, column: frame.getColumnNumber() ?? 1 };
      return mappedPlace(place);
    }
    return undefined;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}
