import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Ended, ProcessGroups } from '../../engines/process/process-groups.ts';
import { environmentVariables } from '../../engines/python/environment.ts';
import { SparkHosts } from '../../engines/spark/hosts.ts';
import { processStart } from '../../project/lock.ts';
import { folderWith, REPOSITORY, repositoryPython, until } from '../local/support.ts';

/** Prints where it ran and what it saw, then does what its first argument says. */
const SCRIPT = `
import os, signal, subprocess, sys, time
from pyspark.sql import SparkSession
what = sys.argv[1]
spark = SparkSession.builder.getOrCreate()
jvm = spark._jvm
print("jvm", jvm.java.lang.ProcessHandle.current().pid(), "python", os.getpid(), flush=True)
print("folder", sorted(os.listdir(".")), "views", [table.name for table in spark.catalog.listTables()])
print("settings", spark.conf.get("spark.mine", None), spark.conf.get("spark.other", None), jvm.java.lang.System.getProperty("mine"))
print("level", jvm.org.apache.logging.log4j.LogManager.getRootLogger().getLevel().toString())
if what == "leave":  # everything that a job can leave in its JVM: no stop(), a view, a property, a session of its own
    spark.range(3).createOrReplaceTempView("left")
    jvm.java.lang.System.setProperty("mine", "left")
    print("no line ends here", end="")
if what == "file":
    open("left", "w").close()
if what == "process":
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print("child", child.pid)
if what == "exit":
    raise SystemExit(3)
if what == "kill":
    os.kill(os.getpid(), signal.SIGKILL)
if what == "end-jvm":
    jvm.java.lang.System.exit(5)
if what == "wait":
    print("waiting", flush=True)
    time.sleep(600)
if what == "many":
    for i in range(20000):
        print("line", i, "ä" * 50)
`;

let program: string;
let work: string;
let python: Awaited<ReturnType<typeof repositoryPython>>;
let hosts: SparkHosts;
let jobs = 0;

beforeAll(async () => {
  python = await repositoryPython();
  work = await folderWith({ 'job.py': SCRIPT, 'broken.py': 'def' });
  program = join(work, 'job.py');
  hosts = new SparkHosts(new ProcessGroups());
}, 600_000);
afterAll(() => hosts.close());

interface Ran extends Ended {
  readonly text: string;
  /** What the job printed: Spark's log goes to the same file, at times in the middle of a line. */
  readonly printed: string;
  readonly jvm: number;
}

const LINE_OF_SPARK = /\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d (?:INFO|WARN) .*\n/g;

async function submit(
  words: readonly string[],
  { jvm = [], signal = new AbortController().signal }: { jvm?: string[]; signal?: AbortSignal } = {},
): Promise<Ran> {
  const log = join(work, `${jobs++}.log`);
  const warehouse = `spark.sql.warehouse.dir=${join(work, 'warehouse')}`;
  const args = ['--master', 'local[1]', '--conf', 'spark.ui.enabled=false', '--conf', warehouse, ...jvm, ...words];
  const env = environmentVariables(python, process.env);
  const submitted = {
    python: python.python,
    program: join(python.bin, 'spark-submit'),
    args,
    jvm,
    env,
    sharesJvm: true,
  };
  const folder = join(work, `work-${jobs}`);
  await mkdir(folder);
  const ended = await hosts.run(submitted, { work: folder, log, signal });
  const text = await readFile(log, 'utf8');
  const printed = text.replace(LINE_OF_SPARK, '');
  return { ...ended, text, printed, jvm: Number(said(printed, 'jvm')?.split(' ')[0]) };
}
const said = (text: string, word: string) => new RegExp(`^${word} (.*)$`, 'm').exec(text)?.[1];

describe('jobs one after the other', () => {
  test('share a JVM, and see nothing of one another', async () => {
    const first = await submit(['--conf', 'spark.mine=1', program, 'leave']);
    expect(first).toMatchObject({ code: 0, aborted: false });
    expect(said(first.printed, 'settings')).toBe('1 None None');
    expect(first.lastLines.join('\n')).toContain('no line ends here');
    const second = await submit(['--conf', 'spark.other=2', program, 'many']);
    expect(second).toMatchObject({ code: 0, jvm: first.jvm });
    expect(said(second.printed, 'settings')).toBe('None 2 None');
    expect(said(second.printed, 'folder')).toBe('[] views []');
    for (const { text } of [first, second]) {
      // What Spark says beside the job is said as spark-submit says it, and nothing of the host's.
      expect(said(text, 'level')).toBe('INFO');
      expect(text).toMatch(/INFO SparkContext: Successfully stopped SparkContext/);
      expect(text).not.toMatch(/begins|stays|default log level/);
    }
    expect(second.printed.split('\n').filter((line) => line.startsWith('line '))).toEqual(
      Array.from({ length: 20_000 }, (_, i) => `line ${i} ${'ä'.repeat(50)}`),
    );
    expect(second.lastLines).toHaveLength(200);
  }, 120_000);

  /** What a job does, and the options of the next one's JVM. */
  const NOT_SHARED: readonly (readonly [what: string, jvm: string[]])[] = [
    ['process', []],
    ['file', []],
    ['', ['--driver-memory', '700m']],
  ];
  test.each(NOT_SHARED)(
    'do not share one after a job that leaves a %j, or for one with %j',
    async (what, jvm) => {
      const first = await submit([program, what]);
      const second = await submit([program, ''], { jvm });
      expect([first.code, second.code]).toEqual([0, 0]);
      expect(second.jvm).not.toBe(first.jvm);
      expect(said(second.printed, 'folder')).toBe('[] views []');
      if (what === '') return;
      // The JVM ends, and what was left with it.
      const left = [first.jvm, ...(what === 'process' ? [Number(said(first.printed, 'child'))] : [])];
      await until(() => left.every((pid) => processStart(pid) === undefined));
    },
    180_000,
  );
});

/** The job, the options of its JVM, its exit code, and what is among its last lines. */
const FAILURES: readonly (readonly [words: string[], jvm: string[], code: number, message: RegExp])[] = [
  [['nowhere.py'], [], 2, /can't open file/],
  [['job.py', 'exit'], [], 3, /^level INFO$/m],
  [['job.py', 'kill'], [], 137, /^level INFO$/m],
  [['job.py', 'end-jvm'], [], 5, /^level INFO$/m],
  [['broken.py'], [], 1, /SyntaxError/],
  [['--conf', 'no-setting', 'job.py'], [], 1, /^Error: Spark config without '=': no-setting$/m],
  [['job.py', ''], ['--driver-memory', '1k'], 1, /Too small/],
];

test.each(FAILURES)(
  'the job %j on a JVM with %j ends as under spark-submit',
  async (words, jvm, code, message) => {
    const ended = await submit(
      words.map((word) => (word.endsWith('.py') ? join(work, word) : word)),
      { jvm },
    );
    expect(ended).toMatchObject({ code, aborted: false });
    expect(ended.lastLines.join('\n')).toMatch(message);
  },
  120_000,
);

test('a job that is given up ends its JVM and its Python, and so does one whose run was killed', async () => {
  const stop = new AbortController();
  const log = join(work, `${jobs}.log`);
  const given = submit([program, 'wait'], { signal: stop.signal });
  const pids = await pidsIn(log);
  stop.abort();
  expect(await given).toMatchObject({ aborted: true });
  expect(await submit([program, ''], { signal: stop.signal }).catch((error: Error) => error.message)).toContain(
    'ENOENT',
  );
  await until(() => pids.every((pid) => processStart(pid) === undefined));

  const host = spawn(python.python, [join(REPOSITORY, 'engines/spark/host.py')], {
    detached: true,
    cwd: await folderWith(),
    env: environmentVariables(python, process.env),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  host.stdin.write(`${JSON.stringify({ mark: 'm', args: ['--master', 'local[1]', program, 'wait'] })}\n`);
  let text = '';
  host.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  await until(() => text.includes('waiting'));
  const killed = [...text.matchAll(/(?:jvm|python) (\d+)/g)].map(([, pid]) => Number(pid));
  host.stdin.destroy();
  await until(() => [host.pid!, ...killed].every((pid) => processStart(pid) === undefined));
}, 180_000);

async function pidsIn(log: string): Promise<number[]> {
  let text = '';
  await until(async () => {
    text = await readFile(log, 'utf8').catch(() => '');
    return text.includes('waiting');
  });
  return [...text.replace(LINE_OF_SPARK, '').matchAll(/(?:jvm|python) (\d+)/g)].map(([, pid]) => Number(pid));
}
