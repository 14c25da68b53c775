import { entry } from './diagnostic.ts';

const meant = (near: string | undefined) => (near === undefined ? '' : ` Did you mean "${near}"?`);
const list = (names: readonly string[]) => (names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', '));

/** What a run on this machine says. */
export const RUN = {
  RUN001: entry<{ dag: string; dir: string; near?: string | undefined }>({
    severity: 'error',
    title: 'The DAG is not compiled',
    message: ({ dag, dir, near }) => `There is no compiled DAG "${dag}" in ${dir}.${meant(near)}`,
    why: 'A run reads dist/ alone: the machine that was reviewed is the machine that runs.',
    remedy: () => 'Run `dagwright compile` first, or check the name.',
  }),
  RUN002: entry<{ file: string; detail: string }>({
    severity: 'error',
    title: 'A compiled file cannot be read',
    message: ({ file, detail }) => `${file} cannot be read: ${detail}.`,
    why: 'The run needs the machine and the manifest that the compiler wrote.',
    remedy: () => 'Run `dagwright compile` again.',
  }),
  RUN003: entry<{ file: string; version: string }>({
    severity: 'error',
    title: 'The manifest is of another version',
    message: ({ file, version }) => `${file} has manifestVersion ${version}; this dagwright reads version 1.`,
    why: 'It was written by another version of dagwright.',
    remedy: () => 'Run `dagwright compile` with the version that is installed.',
  }),
  RUN004: entry<{ path: string; what: string }>({
    severity: 'error',
    title: 'A file is not the one that was compiled',
    message: ({ path, what }) => `${path} ${what}.`,
    why: 'The compiled machine names each script with the hash of its content; another content would be another machine.',
    remedy: () => 'Run `dagwright compile` first, then start the run again.',
  }),
  RUN010: entry<{ pid: number; since: string; dag: string; root: string }>({
    severity: 'error',
    title: 'Another run is under way on this lake',
    message: ({ pid, since, dag, root }) =>
      `A run of "${dag}" is under way on ${root} since ${since} (process ${pid}).`,
    why: 'Two runs on one lake would overwrite each other’s tables.',
    remedy: ({ pid }) =>
      `Wait for it, or stop it with \`kill ${pid}\`. If that run is gone, just start again: its lock falls with its process.`,
  }),
  RUN020: entry<{ release: string; known: readonly string[] }>({
    severity: 'error',
    title: 'No Spark on this machine stands for this release',
    message: ({ release, known }) => `It is not known which Spark ${release} carries; known are ${known.join(', ')}.`,
    why: 'Jobs run here on the Spark version that they will meet on AWS.',
    remedy: () => 'Name one of these releases in the DAG, as `release` or `glueVersion`, and compile.',
  }),
  RUN021: entry<{ releases: readonly string[] }>({
    severity: 'error',
    title: 'The machine needs two versions of Spark',
    message: ({ releases }) =>
      `The Spark jobs of this DAG have releases with different Spark versions: ${releases.join(', ')}.`,
    why: 'A run on one machine has one Python environment with one Spark.',
    remedy: () => 'Give the clusters and jobs releases with the same Spark.',
  }),
  RUN022: entry<{ tried: readonly string[]; found: readonly string[] }>({
    severity: 'error',
    title: 'There is no Python for Spark',
    message: ({ tried, found }) =>
      `No Python 3.9 or later was found (tried ${tried.join(', ')}${found.length > 0 ? `; ${found.join(', ')}` : ''}).`,
    why: 'The Spark jobs and the translation of SQL run in Python.',
    remedy: () => 'Install Python 3.9 or later, or set DAGWRIGHT_PYTHON to one.',
  }),
  RUN023: entry<{ pinned: string; spark: string }>({
    severity: 'error',
    title: 'requirements.txt pins another Spark than the release has',
    message: ({ pinned, spark }) =>
      `requirements.txt pins pyspark ${pinned}, but the release of EMR or Glue in the DAG carries Spark ${spark}.`,
    why: 'Jobs run here on the Spark version that they will meet on AWS.',
    remedy: ({ spark }) => `Write pyspark==${spark}, or change the release or \`glueVersion\` in the DAG.`,
  }),
  RUN024: entry<{ python: string; version: string; said: string }>({
    severity: 'error',
    title: 'Python cannot make a virtual environment',
    message: ({ python, said }) => `${python} cannot make a virtual environment: ${said}`,
    why: 'Spark and its companions are installed into an environment of their own; the system stays as it is.',
    remedy: ({ version }) =>
      `On Debian and Ubuntu: apt install python${version}-venv. Or set DAGWRIGHT_PYTHON to another Python.`,
  }),
  RUN025: entry<{ title: string; said: string; source: string; log: string }>({
    severity: 'error',
    title: 'The package registry cannot be reached',
    message: ({ title, said }) => `Cannot install ${title}: ${said}`,
    why: 'The first run installs them with pip from the package registry; later runs need no network.',
    remedy: ({ source, log }) =>
      `Connect to the network (or point pip at a registry), check ${source}, and start again. pip’s output: ${log}`,
  }),
  RUN026: entry<{ title: string; said: string; source: string; log: string }>({
    severity: 'error',
    title: 'pip could not install the packages',
    message: ({ title, said }) => `pip could not install ${title}: ${said}`,
    why: 'The jobs of the run need these packages.',
    remedy: ({ source, log }) => `Read pip’s output in ${log}, mend ${source}, and start again.`,
  }),
  RUN027: entry({
    severity: 'error',
    title: 'The installation was stopped',
    message: () => 'The installation was stopped.',
    why: 'What was installed so far does not count; nothing runs on half an environment.',
    remedy: () => 'Start again: it begins anew.',
  }),
  RUN030: entry<{ text: string }>({
    severity: 'error',
    title: 'A mount is not written as s3://bucket/prefix=DIR',
    message: ({ text }) => `--mount ${text} is not of the form s3://bucket/prefix=DIR.`,
    why: 'A mount puts a folder of this machine in place of one prefix of one bucket.',
    remedy: () => 'Write for example --mount s3://datalake-desafio-1/bronze=../data.',
  }),
  RUN031: entry<{ folder: string; what: string }>({
    severity: 'error',
    title: 'A mounted folder cannot be used',
    message: ({ folder, what }) => `The folder to mount, ${folder}, ${what}.`,
    why: 'The run would read nothing there.',
    remedy: () => 'Check the path behind the = of --mount.',
  }),
  RUN032: entry<{ one: string; other: string }>({
    severity: 'error',
    title: 'Two mounts overlap',
    message: ({ one, other }) => `The mounts ${one} and ${other} overlap.`,
    why: 'A path can stand for one folder only.',
    remedy: () => 'Mount prefixes that lie beside each other.',
  }),
  RUN033: entry<{ bucket: string; buckets: readonly string[] }>({
    severity: 'error',
    title: 'A mount names a bucket that the DAG does not have',
    message: ({ bucket, buckets }) => `The DAG has no bucket "${bucket}"; it has ${list(buckets)}.`,
    why: 'Nothing in the run would look there.',
    remedy: () => 'Use one of these, or change local.env in dagwright.yaml.',
  }),
  RUN034: entry<{ mount: string; path: string }>({
    severity: 'error',
    title: 'A job wrote into a mounted folder',
    message: ({ mount, path }) => `The job wrote ${path} below ${mount}, which is mounted read only.`,
    why: 'A mounted folder is yours: runs read it and never change it. What was written was thrown away.',
    remedy: () => 'Mount a prefix that the pipeline only reads.',
  }),
  RUN040: entry<{ detail: string }>({
    severity: 'error',
    title: 'dagwright.yaml is not YAML',
    message: ({ detail }) => `dagwright.yaml is not valid YAML: ${detail}.`,
    why: 'The values of a local run stand there.',
    remedy: () => 'Mend the file at the place named.',
  }),
  RUN041: entry<{ key: string; detail: string }>({
    severity: 'error',
    title: 'A setting of dagwright.yaml is wrong',
    message: ({ key, detail }) => `${key} ${detail}.`,
    why: 'A setting that is passed over silently would be worse.',
    remedy: () => 'Write `local:` with `env:` (names and values), `params:` and `sample:` (a folder).',
  }),
  RUN042: entry<{ name: string; kind: string; dag: string; description?: string | undefined }>({
    severity: 'error',
    title: 'A value of the environment is missing',
    message: ({ name, kind, dag, description }) =>
      `dagwright.yaml has no local.env.${name}, a ${kind} that "${dag}" needs${description ? `: ${description}` : ''}.`,
    why: 'On AWS deploy fills this placeholder; here dagwright.yaml does.',
    remedy: ({ name, kind }) =>
      `Write under local: env: the line \`${name}: ${kind === 'bucket' ? 'some-bucket-name' : kind === 'role' ? 'local' : 'some-value'}\`.`,
  }),
  RUN043: entry<{ name: string; value: string }>({
    severity: 'error',
    title: 'A bucket’s name is not valid',
    message: ({ name, value }) => `local.env.${name} is "${value}", which is no name of a bucket.`,
    why: 'A bucket’s name has 3 to 63 lower-case letters, digits, dots and hyphens.',
    remedy: () => 'Write the bucket’s name without s3:// and without a path.',
  }),
  RUN044: entry<{ section: string; name: string; known: readonly string[]; near?: string | undefined }>({
    severity: 'error',
    title: 'dagwright.yaml names what no DAG has',
    message: ({ section, name, near }) => `No compiled DAG declares local.${section}.${name}.${meant(near)}`,
    why: 'The value would go nowhere, and the run would take another.',
    remedy: ({ known }) => `Declared are ${list(known)}; compile if the DAG is newer than dist/.`,
  }),
  RUN050: entry<{ file: string; detail: string; instead: string }>({
    severity: 'error',
    title: 'The input is not an execution’s input',
    message: ({ file, detail }) => `${file} cannot be the input: ${detail}.`,
    why: 'The input of a run is {"params": {…}, "logical_date": "2026-01-01T00:00:00Z"}, both optional.',
    remedy: ({ instead }) => instead,
  }),
  RUN051: entry<{ file: string; name: string; known: readonly string[]; near?: string | undefined }>({
    severity: 'error',
    title: 'A param does not exist',
    message: ({ file, name, near }) => `${file} gives a param "${name}" that the DAG does not declare.${meant(near)}`,
    why: 'Nothing would read it.',
    remedy: ({ known }) => `The DAG’s params are ${list(known)}.`,
  }),
  RUN052: entry<{ name: string }>({
    severity: 'error',
    title: 'A param has no value',
    message: ({ name }) => `The param "${name}" has no value.`,
    why: 'The DAG declares it without a default.',
    remedy: ({ name }) =>
      `Give it with --input ({"params": {"${name}": …}}), to \`run\` with --param ${name}=…, to \`local\` under local: params: in dagwright.yaml.`,
  }),
  RUN053: entry<{ file: string; name: string; detail: string }>({
    severity: 'error',
    title: 'A param has a wrong value',
    message: ({ file, name, detail }) => `The param "${name}" in ${file} ${detail}.`,
    why: 'The DAG declares what its params may be.',
    remedy: () => 'Give a value of the declared kind.',
  }),
  RUN060: entry<{ task: string; near?: string | undefined; known: readonly string[] }>({
    severity: 'error',
    title: 'The DAG has no such task',
    message: ({ task, near }) => `The DAG has no task "${task}".${meant(near)}`,
    why: '--only and --from take ids of tasks.',
    remedy: ({ known }) => `Its tasks are ${known.join(', ')}.`,
  }),
  RUN061: entry<{ needs: readonly string[] }>({
    severity: 'error',
    title: 'The output of an earlier task is not there',
    message: ({ needs }) =>
      `${needs.map((t) => `"${t}"`).join(' and ')} left no output on this lake that a partial run could take.`,
    why: 'A task that is left out is replaced by its output from the last run in which it succeeded.',
    remedy: () => 'Run the whole DAG once, or start further up with --from.',
  }),
  RUN062: entry<{ task: string }>({
    severity: 'error',
    title: 'A task cannot be left out',
    message: ({ task }) => `"${task}" cannot be left out of a run: it has several ways to go on.`,
    why: 'Which way it took cannot be known without running it.',
    remedy: () => 'Start further up with --from, or run the whole DAG.',
  }),
  RUN070: entry<{
    resource: string;
    state: string;
    /** The service whose server would be called, if one were named; undefined where none would be. */
    server: string | undefined;
  }>({
    severity: 'error',
    title: 'A task’s service has no engine on this machine',
    message: ({ resource }) => `No engine on this machine runs ${resource}.`,
    why: 'Runs on this machine know EMR, Glue, Athena, S3, and the functions that the DAG brings along.',
    remedy: ({ state, server }) =>
      server === undefined
        ? `\`dagwright simulate\` runs the machine with a mock for the state "${state}".`
        : `\`dagwright simulate\` runs the machine with a mock for the state "${state}"; a server of your own, such as LocalStack, is called where AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_${server.toUpperCase()} names it.`,
  }),
  RUN071: entry<{ command: string }>({
    severity: 'error',
    title: 'A step is no spark-submit',
    message: ({ command }) =>
      `On this machine a step runs spark-submit through command-runner.jar; this one is ${command}.`,
    why: 'What else an EMR cluster has is not on this machine.',
    remedy: () => 'Write the step as a Spark job, or simulate it.',
  }),
  RUN072: entry<{ job: string; command: string; language: string }>({
    severity: 'error',
    title: 'A Glue job is of a kind that does not run on this machine',
    message: ({ job, command, language }) =>
      `On this machine Glue runs Spark jobs (glueetl) and Python shell jobs in Python; "${job}" is ${command === '' ? 'of no kind that it says' : command}${language === 'python' ? '' : ` in ${language}`}.`,
    why: 'Streaming jobs have no end, Ray is a runtime of Glue’s own, and a script in Scala is compiled by Glue.',
    remedy: () => 'Simulate the machine with a mock for the job; a Scala job runs here as a jar, as a step of EMR.',
  }),
  RUN073: entry<{ name: string }>({
    severity: 'error',
    title: 'A function of a query has no translation',
    message: ({ name }) => `The function '${name}' has no translation to the local SQL engine.`,
    why: 'A query that means something else here than on AWS would answer wrongly.',
    remedy: () => 'Write the query without it, or run it on AWS.',
  }),
  RUN074: entry<{ module: string }>({
    severity: 'error',
    title: 'Iceberg’s tables cannot be read without pyiceberg',
    message: ({ module }) =>
      `The catalog of this machine has Iceberg tables, and the project’s Python environment has no ${module} to read them.`,
    why: 'Which files a table is made of stands in its metadata, which pyiceberg reads.',
    remedy: () => 'Add the line `pyiceberg==0.12.0` to requirements.txt.',
  }),
  RUN080: entry<{ from: string; text: string; what: string }>({
    severity: 'error',
    title: 'The events of the lineage cannot go there',
    message: ({ from, text, what }) => `${from} names ${text}, which ${what}.`,
    why: 'Events of OpenLineage are added to a file, a line each, or sent to a server by HTTP.',
    remedy: () => 'Name a file, as `lineage.jsonl`, or an address, as `http://localhost:5000`.',
  }),
  RUN081: entry<{ from: string; host: string }>({
    severity: 'error',
    title: 'The address of the lineage has a password in it',
    message: ({ from, host }) => `${from} names an address of ${host} with a user or a password in it.`,
    why: 'A command line is there for everybody on the machine to read, and what is in dagwright.yaml is in the repository.',
    remedy: () => 'Leave it out of the address, and put the key into the environment as OPENLINEAGE_API_KEY.',
  }),
  RUN082: entry<{ events: number; all: number; to: string; why: string; file: string }>({
    severity: 'warning',
    title: 'Events of the lineage did not arrive',
    message: ({ events, all, to, why }) =>
      `${events === all ? (all === 1 ? 'The one event' : `None of the ${all} events`) : `${events} of the ${all} events`} of the lineage ${events === all && all > 1 ? 'arrived' : 'did not arrive'} at ${to}: ${why}.`,
    why: 'Lineage is told beside a run and never fails it.',
    remedy: ({ file }) => `All of them are in ${file}, a line each: what a server is sent by POST.`,
  }),
  RUN083: entry<{ task: string; file: string }>({
    severity: 'error',
    title: 'The code of a function is not what was compiled',
    message: ({ task, file }) =>
      `The function of "${task}" is not what was compiled: ${file}, or what it imports, has changed since.`,
    why: 'dist/ says which code a run uses, by its hash; what was reviewed is what runs.',
    remedy: () => 'Run `dagwright compile`.',
  }),
  RUN084: entry<{ what: string }>({
    severity: 'error',
    title: 'A statement of Redshift does not run on this machine',
    message: ({ what }) => `${what} is Redshift’s own, and does not run on this machine.`,
    why: 'Redshift’s SQL is translated to DuckDB’s, which has none of it.',
    remedy: () => 'Write the statement without it, or mock the task: `npx dagwright simulate`.',
  }),
};
