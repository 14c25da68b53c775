import type { TaskCall } from '../../asl/interpret/options.ts';
import type { Json, JsonObject } from '../../asl/json/value.ts';
import { Arguments } from '../../engines/arguments.ts';
import {
  type Account,
  type Action,
  type Engine,
  HERE,
  randomId,
  ServiceError,
  taskFailed,
} from '../../engines/engine.ts';
import { words } from '../../engines/spark/arguments.ts';
import { runSpark } from '../../engines/spark/job.ts';

/** An application: it takes jobs until it is deleted. */
interface Application {
  readonly id: string;
  readonly name: string;
  readonly release: string;
  readonly created: number;
  readonly tags: Json;
  state: 'CREATED' | 'STARTED' | 'STOPPED' | 'TERMINATED';
}

/** A job run, in the fields of GetJobRun. */
interface JobRun {
  readonly id: string;
  readonly application: Application;
  readonly name: string | undefined;
  readonly role: string;
  readonly entryPoint: string;
  readonly created: number;
  readonly tags: Json;
  /** Aborted when the job is cancelled, or its time is up. */
  readonly cancel: AbortController;
  end: Promise<void>;
  state: 'RUNNING' | 'SUCCESS' | 'FAILED' | 'CANCELLED';
  details: string;
  updated: number;
}

/** Twelve hours, where a job says nothing else. */
const TIMEOUT_MINUTES = 720;
const ID = '0123456789abcdefghijklmnopqrstuv';

/**
 * EMR Serverless: applications, and jobs that are run for real. There is one machine: an application takes no capacity, and jobs do not
 * wait for one.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html
 */
export function engine(account: Account): Engine {
  const applications = new Map<string, Application>();
  const jobs = new Map<string, JobRun>();
  const calls = (error: string) => new Calls(account, applications, jobs, error);
  return {
    actions: optimized(calls('EMRServerless.ValidationException')),
    sdkActions: sdk(calls('EmrServerless.ValidationException')),
    close: async () => {},
  };
}

function optimized(calls: Calls): Record<string, Action> {
  const both = (name: string, action: Action): Record<string, Action> => ({ [name]: action, [`${name}.sync`]: action });
  return {
    ...both('createApplication', (fields) => created(calls.create(fields))),
    ...both('startApplication', (fields) => idOf(calls.move(fields, 'STARTED'))),
    ...both('stopApplication', (fields) => idOf(calls.stop(fields))),
    ...both('deleteApplication', (fields) => idOf(calls.remove(fields))),
    ...both('cancelJobRun', async (fields) => submitted(await calls.cancel(fields))),
    startJobRun: (fields, call) => submitted(calls.start(fields, call)),
    'startJobRun.sync': async (fields, call) => {
      const job = calls.start(fields, call);
      call.submitted(submitted(job));
      await job.end;
      if (job.state !== 'SUCCESS') throw taskFailed(describeJob(job, Number));
      return submitted(job);
    },
  };
}

/** The service's own API, for machines that use it directly. Its timestamps are texts. */
function sdk(calls: Calls): Record<string, Action> {
  const text = (ms: number) => new Date(ms).toISOString();
  return {
    createApplication: (fields) => created(calls.create(fields)),
    getApplication: (fields) => ({ Application: describeApplication(calls.application(fields), text) }),
    startApplication: (fields) => nothing(calls.move(fields, 'STARTED')),
    stopApplication: (fields) => nothing(calls.stop(fields)),
    deleteApplication: (fields) => nothing(calls.remove(fields)),
    startJobRun: (fields, call) => submitted(calls.start(fields, call)),
    getJobRun: (fields) => ({ JobRun: describeJob(calls.job(fields), text) }),
    cancelJobRun: async (fields) => submitted(await calls.cancel(fields)),
    listApplications: (fields) => ({ Applications: calls.applications(fields) }),
    listJobRuns: (fields) => ({ JobRuns: calls.jobs(fields) }),
  };
}

/** What can be asked of the service, whichever integration asks. */
class Calls {
  readonly #account: Account;
  readonly #applications: Map<string, Application>;
  readonly #jobs: Map<string, JobRun>;
  readonly #error: string;

  constructor(account: Account, applications: Map<string, Application>, jobs: Map<string, JobRun>, error: string) {
    this.#account = account;
    this.#applications = applications;
    this.#jobs = jobs;
    this.#error = error;
  }

  create(fields: JsonObject): Application {
    const args = this.#read(fields);
    const type = args.string('Type');
    if (type.toUpperCase() !== 'SPARK')
      throw this.#refuse(`On this machine an application is of the type SPARK, not ${type}`);
    const application: Application = {
      id: `00${randomId(this.#account.random, 14, ID)}`,
      name: args.has('Name') ? args.string('Name') : '',
      release: args.string('ReleaseLabel'),
      created: this.#account.clock.now(),
      tags: args.json('Tags') ?? {},
      state: 'CREATED',
    };
    this.#applications.set(application.id, application);
    return application;
  }

  /** One that is not known here is somebody's own: it was there before the run. */
  application(fields: JsonObject): Application {
    const id = this.#read(fields).string('ApplicationId');
    const known = this.#applications.get(id);
    if (known !== undefined) return known;
    const own: Application = {
      id,
      name: id,
      release: '',
      created: this.#account.clock.now(),
      tags: {},
      state: 'CREATED',
    };
    this.#applications.set(id, own);
    return own;
  }

  applications(fields: JsonObject): Json {
    const states = this.#statesIn(fields);
    const listed = [...this.#applications.values()].filter(({ state }) => states?.includes(state) ?? true);
    return listed.map(({ id, name, state }): Json => ({ Id: id, Name: name, State: state }));
  }

  jobs(fields: JsonObject): Json {
    const states = this.#statesIn(fields);
    const application = this.application(fields);
    const listed = [...this.#jobs.values()].filter(
      (job) => job.application === application && (states?.includes(job.state) ?? true),
    );
    return listed.map(({ id, state }): Json => ({ ApplicationId: application.id, Id: id, State: state }));
  }

  #statesIn(fields: JsonObject): readonly string[] | undefined {
    const args = this.#read(fields);
    return args.has('States') ? args.strings('States') : undefined;
  }

  move(fields: JsonObject, state: Application['state']): Application {
    const application = this.application(fields);
    if (application.state === 'TERMINATED') throw this.#refuse(`Application ${application.id} is terminated`);
    application.state = state;
    return application;
  }

  stop(fields: JsonObject): Application {
    const application = this.application(fields);
    if (application.state === 'CREATED') throw this.#refuse('An application in state CREATED cannot be stopped');
    const busy = [...this.#jobs.values()].some((job) => job.application === application && job.state === 'RUNNING');
    if (busy) throw this.#refuse(`Application ${application.id} has jobs that are not done`);
    return this.move(fields, 'STOPPED');
  }

  remove(fields: JsonObject): Application {
    const application = this.application(fields);
    if (application.state !== 'CREATED' && application.state !== 'STOPPED')
      throw this.#refuse(
        `An application must be in state CREATED or STOPPED to be deleted, it is ${application.state}`,
      );
    return this.move(fields, 'TERMINATED');
  }

  job(fields: JsonObject): JobRun {
    const id = this.#read(fields).string('JobRunId');
    const job = this.#jobs.get(id);
    if (job === undefined) throw this.#refuse(`Job run ${id} does not exist`);
    return job;
  }

  async cancel(fields: JsonObject): Promise<JobRun> {
    const job = this.job(fields);
    job.cancel.abort();
    await job.end;
    return job;
  }

  start(fields: JsonObject, call: TaskCall): JobRun {
    const args = this.#read(fields);
    const driver = args.object('JobDriver');
    if (!driver.has('SparkSubmit')) throw this.#refuse('On this machine a job has a JobDriver.SparkSubmit');
    const submit = driver.object('SparkSubmit');
    const now = this.#account.clock.now();
    const job: JobRun = {
      id: `00${randomId(this.#account.random, 14, ID)}`,
      // The first job starts the application.
      application: this.move(fields, 'STARTED'),
      name: args.has('Name') ? args.string('Name') : undefined,
      role: args.string('ExecutionRoleArn'),
      entryPoint: submit.string('EntryPoint'),
      created: now,
      tags: args.json('Tags') ?? {},
      cancel: new AbortController(),
      end: Promise.resolve(),
      state: 'RUNNING',
      details: '',
      updated: now,
    };
    const command = [
      ...words(submit.has('SparkSubmitParameters') ? submit.string('SparkSubmitParameters') : ''),
      job.entryPoint,
      ...(submit.has('EntryPointArguments') ? submit.strings('EntryPointArguments') : []),
    ];
    const minutes = args.number('ExecutionTimeoutMinutes', TIMEOUT_MINUTES);
    this.#jobs.set(job.id, job);
    // A job that nobody waits for keeps the clock real as well.
    job.end = this.#account.clock.during(() => this.#run(job, command, call, minutes));
    return job;
  }

  async #run(job: JobRun, command: readonly string[], call: TaskCall, minutes: number): Promise<void> {
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        job.cancel.abort();
      },
      Math.min(minutes * 60_000, 2 ** 31 - 1),
    );
    const signal = AbortSignal.any([call.signal, job.cancel.signal]);
    const as = { role: job.role, session: job.id };
    const end = await runSpark(this.#account, command, { id: job.id, call, signal, as });
    clearTimeout(timer);
    job.updated = this.#account.clock.now();
    if (end.state === 'completed') job.state = 'SUCCESS';
    else if (end.state === 'failed') [job.state, job.details] = ['FAILED', `Job failed: ${end.message}`];
    else if (late) [job.state, job.details] = ['FAILED', `The job took longer than ${minutes} minutes`];
    else job.state = 'CANCELLED';
  }

  #read(fields: JsonObject): Arguments {
    return new Arguments(fields, this.#error);
  }

  #refuse(message: string): ServiceError {
    return new ServiceError(this.#error, message);
  }
}

const created = ({ id, name }: Application): Json => ({ ApplicationId: id, Arn: arnOf(id), Name: name });
const nothing = (_done: Application): Json => ({});
const idOf = ({ id }: Application): Json => ({ ApplicationId: id });
const submitted = ({ id, application }: JobRun): Json => ({
  ApplicationId: application.id,
  Arn: `${arnOf(application.id)}/jobruns/${id}`,
  JobRunId: id,
});

function arnOf(application: string): string {
  return `arn:aws:emr-serverless:${HERE.region}:${HERE.account}:/applications/${application}`;
}

function describeApplication(
  { id, name, release, state, created: at, tags }: Application,
  time: (ms: number) => Json,
): Json {
  return {
    ApplicationId: id,
    Name: name,
    Arn: arnOf(id),
    ReleaseLabel: release,
    Type: 'Spark',
    State: state,
    CreatedAt: time(at),
    UpdatedAt: time(at),
    Tags: tags,
  };
}

function describeJob(job: JobRun, time: (ms: number) => Json): Json {
  return {
    ApplicationId: job.application.id,
    JobRunId: job.id,
    ...(job.name !== undefined && { Name: job.name }),
    Arn: `${arnOf(job.application.id)}/jobruns/${job.id}`,
    ExecutionRole: job.role,
    ReleaseLabel: job.application.release,
    State: job.state,
    StateDetails: job.details,
    JobDriver: { SparkSubmit: { EntryPoint: job.entryPoint } },
    CreatedAt: time(job.created),
    UpdatedAt: time(job.updated),
    Tags: job.tags,
  };
}
