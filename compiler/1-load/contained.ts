/** What a DAG file did that would have ended the process, or kept it from its end. */
export class Misbehaved extends Error {
  /** What is to be told: that it called process.exit, or that it waits for what never comes. */
  readonly kind: 'exits' | 'waits';

  constructor(kind: Misbehaved['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/**
 * Runs a bundled DAG file so that nothing in it reaches beyond it: `process.exit` and an `await` that never ends become errors, as does a
 * rejection that nobody handles; its timers end with it, what it prints goes to standard error (standard output is the command's), and
 * the working directory stays where it was.
 * @param outfile the bundle: timers that it sets are known by their stack
 */
export async function contained<T>(outfile: string, work: () => Promise<T>): Promise<T> {
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
  const kept =
    (set: (...args: never[]) => NodeJS.Timeout) =>
    (...args: never[]) => {
      const timer = set(...args);
      if (new Error().stack?.includes(outfile)) timers.add(timer);
      return timer;
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
    return await Promise.race([failed, settled(work)]);
  } finally {
    Object.assign(process, { exit, exitCode });
    process.stdout.write = write;
    Object.assign(globalThis, { setTimeout: later, setInterval: again });
    for (const timer of timers) clearTimeout(timer);
    process.off('unhandledRejection', fail);
    process.off('uncaughtException', fail);
    process.off('beforeExit', waits);
    if (process.cwd() !== cwd) process.chdir(cwd);
  }
}

/** What the work answers, when the rejections that it left unhandled were told. */
async function settled<T>(work: () => Promise<T>): Promise<T> {
  const done = await work();
  await new Promise((resolve) => setImmediate(resolve));
  return done;
}
