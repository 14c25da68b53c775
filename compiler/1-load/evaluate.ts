import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Context, createContext, Script } from 'node:vm';
import type { Bundle } from './bundle.ts';

/** How long a DAG file may run, as Airflow's `dagbag_import_timeout`. */
export const IMPORT_TIMEOUT_MS = 30_000;

/** What a DAG file did that would have ended the process, or kept it from its end. */
export class Misbehaved extends Error {
  /** What to report: that it called process.exit, that it waits for what never comes, or that it ran for too long. */
  readonly kind: 'exits' | 'waits' | 'loops';

  constructor(kind: Misbehaved['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs functions one after the other, in the order of the calls. The process has one current `Loading` (authoring/loading.ts), so that only one
 * DAG file may run at a time, and none while the model of another is compiled.
 */
export function exclusively<T>(work: () => T | Promise<T>): Promise<T> {
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
}

/**
 * Runs a bundle and answers what it exports, by name, in the order of names.
 * @param timeoutMs how long it may run
 * @throws Misbehaved where it would have ended the process, or does not end; whatever it throws itself
 */
export async function evaluate(bundle: Bundle, timeoutMs: number): Promise<Readonly<Record<string, unknown>>> {
  const exports = await (bundle.format === 'esm' ? asModule(bundle, timeoutMs) : asFunction(bundle, timeoutMs));
  const names = Object.keys(exports).sort();
  return Object.fromEntries(names.map((name) => [name, exports[name]]));
}

type Exports = Readonly<Record<string, unknown>>;

async function asFunction(bundle: Bundle, timeoutMs: number): Promise<Exports> {
  const { outfile, code, externals } = bundle;
  const own = externals.filter((path) => path.startsWith('file:'));
  const guards = await import('../../authoring/guard.ts');
  const modules = new Map(await Promise.all(own.map(async (path) => [path, await import(path)] as const)));
  const requireOther = createRequire(outfile);
  const requireModule = Object.assign((path: string) => modules.get(path) ?? requireOther(path), requireOther);
  const module: { exports: Exports } = { exports: {} };
  await contained(outfile, timeoutMs, async () => {
    interruptible(timeoutMs, () => {
      // The realm of this file: to a value of another one, `instanceof` and the like would say no.
      // biome-ignore lint/security/noGlobalEval: a DAG file is code that the user wants run
      const run = globalThis.eval(`${code}\n//# sourceURL=${outfile}`);
      run(requireModule, module, guards);
    });
  });
  return module.exports;
}

/** Node runs a module from a file, and where it loops without an `await` nothing stops it. */
async function asModule({ outfile, code }: Bundle, timeoutMs: number): Promise<Exports> {
  await mkdir(dirname(outfile), { recursive: true });
  await writeFile(outfile, code);
  try {
    return await contained(outfile, timeoutMs, () => import(pathToFileURL(outfile).href) as Promise<Exports>);
  } finally {
    await rm(dirname(dirname(outfile)), { recursive: true, force: true });
  }
}

let context: Context | undefined;
const script = new Script('run()');

/** Runs a function that is stopped where it does not end in time: V8's watchdog, a thread that waits, is the only thing that can. */
function interruptible(timeoutMs: number, work: () => void): void {
  context ??= createContext({});
  let thrown: { readonly error: unknown } | undefined;
  context.run = () => {
    try {
      work();
    } catch (error) {
      thrown = { error };
    }
  };
  try {
    script.runInContext(context, { timeout: timeoutMs });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new Misbehaved('loops', `more than ${timeoutMs / 1000} s`);
  }
  if (thrown !== undefined) throw thrown.error;
}

/**
 * Runs a bundle so that nothing in it reaches beyond it: `process.exit` and an `await` that never ends become errors, as does a
 * rejection that nobody handles; its timers end with it, what it prints goes to standard error (standard output is the command's), and
 * the working directory stays where it was.
 * @param outfile the bundle: timers that it sets are known by their stack
 */
async function contained<T>(outfile: string, timeoutMs: number, work: () => Promise<T>): Promise<T> {
  const { exit, exitCode } = process;
  const { setTimeout: later, setInterval: again } = globalThis;
  const write = process.stdout.write;
  const cwd = process.cwd();
  const timers = new Set<NodeJS.Timeout>();
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const waits = () => fail(new Misbehaved('waits', 'an await that never ends'));
  const limit = later(() => fail(new Misbehaved('loops', `more than ${timeoutMs / 1000} s`)), timeoutMs).unref();
  const kept =
    (set: (...args: never[]) => NodeJS.Timeout) =>
    (...args: never[]) => {
      const timer = set(...args);
      if (new Error().stack?.includes(outfile)) timers.add(timer);
      return timer;
    };
  const endTimers = () => {
    for (const timer of timers) clearTimeout(timer);
  };
  process.exit = (code) => {
    const error = new Misbehaved('exits', `process.exit(${code ?? ''})`);
    fail(error);
    throw error;
  };
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof write;
  globalThis.setTimeout = Object.assign(kept(later as never), later) as typeof later;
  globalThis.setInterval = Object.assign(kept(again as never), again) as typeof again;
  process.on('unhandledRejection', fail);
  process.on('uncaughtException', fail);
  process.on('beforeExit', waits);
  try {
    return await Promise.race([failed, settled(work, endTimers)]);
  } finally {
    clearTimeout(limit);
    Object.assign(process, { exit, exitCode });
    process.stdout.write = write;
    Object.assign(globalThis, { setTimeout: later, setInterval: again });
    endTimers();
    process.off('unhandledRejection', fail);
    process.off('uncaughtException', fail);
    process.off('beforeExit', waits);
    if (process.cwd() !== cwd) process.chdir(cwd);
  }
}

/** The result of the work, after the rejections that it left unhandled were reported. */
async function settled<T>(work: () => Promise<T>, ended: () => void): Promise<T> {
  const done = await work();
  ended();
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}
