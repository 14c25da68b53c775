import { fileURLToPath } from 'node:url';
import { remembered } from '../asl/remembered.ts';
import type { Place } from '../diagnostics/index.ts';
import { currentLoading } from './loading.ts';

/** Frames of these folders (what the package's build shares between its entry points is in chunks/) are dagwright's own; the first other is the user's. */
const OWN = [
  'authoring',
  'tasks',
  'compiler',
  'cli',
  'local',
  'jest',
  'asl',
  'diagnostics',
  'airflow',
  'manifest',
  'chunks',
].map((room) => fileURLToPath(new URL(`../${room}/`, import.meta.url)));

/** A place in a bundle as one in the file that the user wrote; any other stays. */
export function mappedPlace(place: Place): Place {
  return currentLoading().placeOf?.(place) ?? place;
}

/** Where the user's code called us, or a package of the user's where no other frame is; undefined if no frame is the user's. */
export function callSite(): Place | undefined {
  const near = callSiteWithin(NEAR_FRAMES);
  const found = near === 'further out' ? callSiteWithin(MOST_FRAMES) : near;
  return found === 'further out' ? undefined : found;
}

/** Most calls come from a few frames away, and each frame that V8 collects takes its time. */
const NEAR_FRAMES = 8;
const MOST_FRAMES = 1000;

function callSiteWithin(limit: number): Place | undefined | 'further out' {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = limit;
    Error.prepareStackTrace = (_, frames) => frames;
    const frames = new Error().stack as unknown as NodeJS.CallSite[];
    let installed: Place | undefined;
    for (const [at, frame] of frames.entries()) {
      const name = fileOf(frame);
      if (!name || isOwn(name)) continue;
      const raw = { file: pathOf(name), line: frame.getLineNumber() ?? 1, column: frame.getColumnNumber() ?? 1 };
      const place = mappedPlace(raw);
      // A package of templates that the DAG file imports: what it was given stands further out.
      if (/(^|[\\/])node_modules[\\/]/.test(place.file)) {
        installed ??= place;
        continue;
      }
      if (currentLoading().placeOf !== undefined) return place;
      Error.prepareStackTrace = prepareStackTrace;
      return placeIn(toldOf(at)) ?? place;
    }
    return frames.length < limit ? installed : 'further out';
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * The same for a diagnostic, which most calls have none of: the place is looked for when it is read, which must be while the user's call runs.
 * @example
 * const at = placeOnDemand();
 * if (isWrong) report([diagnose('DAG006', args, at)]);
 */
export function placeOnDemand(): { readonly place: Place | undefined } {
  let found: { readonly place: Place | undefined } | undefined;
  return {
    get place() {
      found ??= { place: callSite() };
      return found.place;
    },
  };
}

/**
 * A frame of the caller as text: that is what Jest, Vitest or Node make of it, who know the source that they compiled. No frame behind it is
 * read, since to map a whole stack takes longer than all else that is done for a task.
 */
function toldOf(at: number): string | undefined {
  Error.stackTraceLimit = at + 2;
  // The first line is the error's, the first frame this function.
  return new Error().stack?.split('\n')[at + 2];
}

/** Whether a file is dagwright's own or Node's, by its name in a frame. */
const isOwn = remembered((name) => name.startsWith('node:') || OWN.some((folder) => pathOf(name).startsWith(folder)));

/** The place in a line of a stack: `at name (file:1:2)`, or without the name. */
function placeIn(line: string | undefined): Place | undefined {
  const [, name, row, column] = /^ +at (?:.*\()?([^()]+):(\d+):(\d+)\)?$/.exec(line ?? '') ?? [];
  if (name === undefined) return undefined;
  return { file: pathOf(name), line: Number(row), column: Number(column) };
}

/** Of a bundled DAG file, which is evaluated, V8 has the name as that of a source alone. */
function fileOf(frame: NodeJS.CallSite): string | null {
  return frame.getFileName() ?? frame.getScriptNameOrSourceURL();
}

/** The paths of modules, by their URLs: the same few stand in every stack. */
const pathOf = remembered((name) => (name.startsWith('file:') ? fileURLToPath(name) : name));

/**
 * The outermost place of the user's code that led here while a bundle runs: the statement at the top of a file. Undefined elsewhere. The
 * stack is kept as V8 has it; what it says is looked for when the answer is called.
 */
export function outermostCallSite(): (() => Place | undefined) | undefined {
  const { placeOf } = currentLoading();
  if (placeOf === undefined) return undefined;
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  const here = new Error();
  Error.stackTraceLimit = stackTraceLimit;
  return () => outermostIn(framesOf(here), placeOf);
}

/** The frames of an error whose stack nobody has read: V8 makes a text of them only then. */
function framesOf(error: Error): readonly NodeJS.CallSite[] {
  const { prepareStackTrace } = Error;
  try {
    Error.prepareStackTrace = (_, frames) => frames;
    return error.stack as unknown as NodeJS.CallSite[];
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

function outermostIn(
  frames: readonly NodeJS.CallSite[],
  placeOf: (place: Place) => Place | undefined,
): Place | undefined {
  for (const frame of frames.toReversed()) {
    const name = fileOf(frame);
    if (!name || name.startsWith('node:')) continue;
    const place = placeOf({
      file: pathOf(name),
      line: frame.getLineNumber() ?? 1,
      column: frame.getColumnNumber() ?? 1,
    });
    if (place) return place;
  }
  return undefined;
}
