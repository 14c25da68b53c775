import { randomUUID } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskCall } from '../../asl/interpret/options.ts';
import type { Account } from '../engine.ts';
import { scalaOf } from '../iceberg.ts';
import { settingOf } from '../spark/arguments.ts';
import { type EventType, producer, type RunEvent, type RunOfJob, SCHEMA_URL } from './event.ts';
import type { Lineage } from './lineage.ts';

/** OpenLineage's listener for Spark. Its jar has all that it needs. */
const VERSION = '1.53.0';
const LISTENER = 'io.openlineage.spark.agent.OpenLineageSparkListener';
const ITS_PACKAGE = /\bio\.openlineage:openlineage-spark|\bopenlineage-spark[^,/]*\.jar\b/;

/**
 * Lines of a warning that the listener logs over and over, for connectors that know of it, where Spark loads it from `--packages`: it
 * says nothing of the job.
 */
export const REMARK_OF_LISTENER =
  /^(?:This issue arises when the openlineage-spark |In this case, the OpenLineageExtensionProvider |To prevent this, ensure that both the openlineage-spark |1\. Placing both libraries in |2\. Loading both libraries through |java\.lang\.reflect\.InaccessibleObjectException: .*SecureClassLoader\.defineClass)/;

/** Variables by which the listener would be told otherwise than here. */
const OF_CLIENT = /^OPENLINEAGE_(?:DISABLED$|_)/;

type LineageAccount = Pick<Account, 'lineage'>;

/** What Spark is started with beside the job's own. */
interface Listening {
  /** `property=value`, after those of the job. */
  readonly settings: readonly string[];
  /** As in `--packages`. */
  readonly packages: readonly string[];
  /** The variables of an environment that the job does not get. */
  readonly env: (env: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;
}

/** On each account the job that fetches the listener; how often others look whether it has, in milliseconds. */
const FETCHING = new WeakMap<LineageAccount, SparkLineage>();
const LOOK_MS = 250;

/** The lineage of one Spark job: the listener writes its events into a file of the job's, and when the job has ended they are handed on. */
export class SparkLineage {
  readonly #account: LineageAccount;
  readonly #lineage: Lineage;
  readonly #task: RunOfJob;
  readonly #file: string;
  /** The run of Spark's application, a child of the task's. */
  readonly #run = randomUUID();
  #isOver = false;

  private constructor(account: LineageAccount, lineage: Lineage, task: RunOfJob, work: string) {
    this.#account = account;
    this.#lineage = lineage;
    this.#task = task;
    this.#file = join(work, 'lineage.jsonl');
  }

  /** Of the job that a task's call starts, where its lineage is asked for. @param work the job's working folder */
  static of(account: LineageAccount, call: TaskCall, work: string): SparkLineage | undefined {
    const lineage = account.lineage?.(call);
    const task = lineage?.runOf(call);
    return lineage && task && new SparkLineage(account, lineage, task, work);
  }

  /**
   * What Spark is started with to load the listener. A job that brings the listener itself, as it does on AWS, keeps its version; its
   * other listeners stay.
   * @param own the job's settings, `property=value`
   * @param args the other arguments of its spark-submit
   */
  async listener(own: readonly string[], args: readonly string[], sparkHome: string): Promise<Listening> {
    const { root } = this.#lineage;
    const scala = await scalaOf(sparkHome);
    const listeners = (settingOf(own, 'spark.extraListeners') ?? '').split(',').filter((name) => name !== '');
    const hasListener = [...own, ...args].some((text) => ITS_PACKAGE.test(text));
    if (!hasListener) await this.#turn(scala, settingOf(own, 'spark.jars.ivy'));
    return {
      settings: [
        `spark.extraListeners=${[...new Set([...listeners, LISTENER])].join(',')}`,
        // Of an event that takes long it logs a text of several lines, which would stand among what a failed job says.
        'spark.scheduler.listenerbus.logSlowEvent=false',
        'spark.openlineage.transport.type=file',
        `spark.openlineage.transport.location=${this.#file}`,
        `spark.openlineage.namespace=${this.#task.namespace}`,
        `spark.openlineage.appName=${this.#task.name}.spark`,
        `spark.openlineage.applicationRunId=${this.#run}`,
        `spark.openlineage.parentJobNamespace=${this.#task.namespace}`,
        `spark.openlineage.parentJobName=${this.#task.name}`,
        `spark.openlineage.parentRunId=${this.#task.runId}`,
        `spark.openlineage.rootParentJobNamespace=${root.namespace}`,
        `spark.openlineage.rootParentJobName=${root.name}`,
        `spark.openlineage.rootParentRunId=${root.runId}`,
      ],
      packages: hasListener ? [] : [`io.openlineage:openlineage-spark_${scala}:${VERSION}`],
      env: (env) =>
        Object.fromEntries(Object.keys(env).flatMap((name) => (OF_CLIENT.test(name) ? [[name, undefined]] : []))),
    };
  }

  /**
   * Waits while another job fetches the listener for the first time: two that write the same file at once break each other.
   * @param folder where Spark keeps what it fetches
   */
  async #turn(scala: string, folder = join(homedir(), '.ivy2')): Promise<void> {
    const jar = join(folder, 'jars', `io.openlineage_openlineage-spark_${scala}-${VERSION}.jar`);
    const first = FETCHING.get(this.#account) ?? this;
    FETCHING.set(this.#account, first);
    while (first !== this && !first.#isOver && !(await isThere(jar))) await sleep(LOOK_MS);
  }

  /**
   * Hands the events on, now that the job has ended. Each run among them begins and ends, also where the listener left that out; Spark's
   * application ends as the job did.
   */
  async collect(end: 'completed' | 'cancelled' | 'failed'): Promise<void> {
    this.#isOver = true;
    const type = end === 'completed' ? 'COMPLETE' : end === 'cancelled' ? 'ABORT' : 'FAIL';
    const begun = new Set<string>();
    const open = new Map<string, RunEvent>();
    for (const event of await eventsIn(this.#file)) {
      const { runId } = event.run;
      const isEnd = ENDS.has(event.eventType);
      if (!begun.has(runId) && event.eventType !== 'START') this.#lineage.pass(ofRun(event, 'START', event.eventTime));
      begun.add(runId);
      this.#lineage.pass(isEnd && runId === this.#run ? { ...event, eventType: type } : event);
      if (isEnd) open.delete(runId);
      else if (event.eventType !== 'OTHER') open.set(runId, event);
    }
    for (const event of [...open.values()].reverse()) this.#lineage.pass(ofRun(event, type, new Date().toISOString()));
  }
}

/** An event of the run that another one is of. */
function ofRun({ run, job }: RunEvent, eventType: EventType, eventTime: string): RunEvent {
  const parent = run.facets?.parent;
  return {
    eventType,
    eventTime,
    run: { runId: run.runId, ...(parent && { facets: { parent } }) },
    job: { namespace: job.namespace, name: job.name },
    producer: producer(),
    schemaURL: SCHEMA_URL,
  };
}

const ENDS: ReadonlySet<EventType> = new Set(['COMPLETE', 'FAIL', 'ABORT']);

/** Of a job that was killed the last line may be half there. */
async function eventsIn(file: string): Promise<RunEvent[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as RunEvent]));
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
