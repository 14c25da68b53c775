import { entry } from './diagnostic.ts';
import { didYouMean, listed } from './did-you-mean.ts';

const allQuoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

/** What a simulation says. */
export const SIM = {
  SIM001: entry<{ file: string; detail: string }>({
    severity: 'error',
    title: 'A file is not JSON',
    message: ({ file, detail }) => `${file} is not JSON: ${detail}.`,
    why: 'State machines, inputs, mocks and histories are JSON documents.',
    remedy: () => 'Mend the file at the place named.',
  }),
  SIM002: entry<{ path: string; detail: string }>({
    severity: 'error',
    title: 'The document is no state machine that could run',
    message: ({ path, detail }) => `This is no state machine that could run: ${path === '' ? 'it' : path} ${detail}.`,
    why: 'Without it there is no way through the machine.',
    remedy: () => 'Run `dagwright validate` on the definition: it names every fault and its line.',
  }),
  SIM003: entry<{ path: string; detail: string }>({
    severity: 'error',
    title: 'The mocks are not in their format',
    message: ({ path, detail }) => `The mocks are not in their format: ${path === '' ? 'they' : path} ${detail}.`,
    why: 'Mocks map a state’s name to responses by invocation, as in Step Functions Local.',
    remedy: () =>
      'Write {"State": {"0": {"Return": …}, "1-2": {"Throw": {"Error": "…", "Cause": "…"}, "DurationSeconds": 5}}}.',
  }),
  SIM004: entry<{ value: string }>({
    severity: 'error',
    title: 'The start of a simulation is no time',
    message: ({ value }) => `"now" is ${value}, which is no time.`,
    why: 'Virtual time begins there.',
    remedy: () => 'Write it as "2026-01-31T12:00:00Z", or as milliseconds since 1970.',
  }),
  SIM005: entry<{ name: string; detail: string }>({
    severity: 'error',
    title: 'A field of a simulation is wrong',
    message: ({ name, detail }) => `"${name}" ${detail}.`,
    why: 'A simulation has definition, and may have id, input, mocks, now, type and seed.',
    remedy: () => 'Mend the field.',
  }),
  SIM006: entry<{ file: string; count: number; lines: readonly { line: number; reason: string }[] }>({
    severity: 'error',
    title: 'Lines of a batch could not be run',
    message: ({ file, count, lines }) =>
      `${count} line${count === 1 ? '' : 's'} of ${file} could not be run: ${lines
        .map(({ line, reason }) => `line ${line} (${reason})`)
        .join('; ')}${count > lines.length ? '; …' : ''}`,
    why: 'Each of them has an answer with the status INVALID, so that answers and lines still go together.',
    remedy: () => 'Mend these lines.',
  }),
  SIM007: entry<{ kind: string; name: string; known: readonly string[] }>({
    severity: 'error',
    title: 'The mock configuration has nothing of that name',
    message: ({ kind, name }) => `The mock configuration has no ${kind} "${name}".`,
    why: 'A test case of a state machine names, for each of its states, one of the mocked responses.',
    remedy: ({ kind, name, known }) =>
      `${didYouMean(name, known)}${known.length === 0 ? `It has no ${kind} at all.` : `It has ${allQuoted(known)}.`}`,
  }),
  SIM008: entry<{ kind: string; known: readonly string[] }>({
    severity: 'error',
    title: 'The mock configuration has more than one to choose from',
    message: ({ kind }) => `Which ${kind} of the mock configuration is meant is not said.`,
    why: 'A MockConfigFile.json has test cases for any number of state machines.',
    remedy: ({ kind, known }) =>
      `Choose it with ${kind === 'test case' ? '--test-case (in code: testCase)' : '--machine (in code: machine)'}${known.length === 0 ? '; it has none' : `: ${allQuoted(known)}`}.`,
  }),
  SIM009: entry<{ given: string }>({
    severity: 'error',
    title: 'The mocks have no test cases',
    message: ({ given }) =>
      `"${given}" is chosen, but the mocks are those of one machine’s states, without test cases.`,
    why: 'Test cases stand in a mock configuration as Step Functions Local reads it.',
    remedy: () =>
      'Leave --test-case and --machine out, or write {"StateMachines": {"Name": {"TestCases": {…}}}, "MockedResponses": {…}}.',
  }),
  SIM018: entry<{ detail: string; instead: string }>({
    severity: 'warning',
    title: 'The input has what no run of the DAG takes',
    message: ({ detail }) => `The input is not one that a run of the DAG takes: ${detail}.`,
    why: 'A machine starts with any input: fields that it does not take are passed over, and the defaults stand; a day that is not there goes to the tasks as it is.',
    remedy: ({ instead }) => instead,
  }),
  SIM019: entry<{ file: string; count: number; lines: readonly { line: number; reason: string }[] }>({
    severity: 'warning',
    title: 'Inputs of a batch have what no run of the DAG takes',
    message: ({ file, count, lines }) =>
      `The input${count === 1 ? '' : 's'} of ${count} line${count === 1 ? '' : 's'} of ${file} ${count === 1 ? 'is' : 'are'} not what a run of the DAG takes: ${lines
        .map(({ line, reason }) => `line ${line} (${reason})`)
        .join('; ')}${count > lines.length ? '; …' : ''}.`,
    why: 'A machine starts with any input: fields that it does not take are passed over, and the defaults stand; a day that is not there goes to the tasks as it is.',
    remedy: () => 'Write {"params": {…}, "logical_date": "2026-01-31T06:00:00Z"}, both optional.',
  }),
  SIM024: entry<{ example: string }>({
    severity: 'warning',
    title: 'The input of a cleanup machine names no execution',
    message: () => 'The input names no execution that the cleanup machine could clean up after.',
    why: 'A rule starts it with the event that EventBridge delivers at the end of a run, and a task with the execution and the states whose jobs are to end.',
    remedy: ({ example }) => `Leave the input out, which takes the end of a run, or write ${example}.`,
  }),
  SIM025: entry<{ file: string }>({
    severity: 'warning',
    title: 'Tasks of a compiled machine answered their own arguments',
    message: ({ file }) => `No task of ${file} is mocked: each answered its own arguments.`,
    why: 'The machine reads what the services answer, such as the id of a cluster.',
    remedy: () => 'Let them answer what their services would with --samples, or mock them with --mocks.',
  }),
  SIM027: entry<{
    task: string;
    fields: readonly string[];
    reader: string;
    mock: string;
    isFunction: boolean;
  }>({
    severity: 'warning',
    title: 'A sample lacks what the machine reads',
    message: ({ task, fields, reader }) =>
      `The sample of "${task}" has no ${fields.map((field) => `"${field}"`).join(', ')}, which ${reader === task ? 'the task hands on' : `"${reader}" reads`}.`,
    why: 'A sample is what is known of an answer beforehand. What a function returns, or what lies in a table, nobody knows unless it is said.',
    remedy: ({ mock, isFunction }) =>
      `${isFunction ? 'Say what the function returns: in TypeScript by its return type, `Promise<{ day: string }>`, in Python by `output`. Or mock' : 'Mock'} the task beside --samples, with what is read: --mocks FILE with ${mock.length > LONGEST_MOCK ? `${mock.slice(0, LONGEST_MOCK)}…` : mock}. A template of your own has \`sample\`.`,
  }),
  SIM026: entry<{ machine: string; names: readonly string[] }>({
    severity: 'warning',
    title: 'A machine was made with placeholders in its texts',
    message: ({ machine, names }) =>
      `The definition of ${machine} has ${names.length === 1 ? 'a placeholder' : 'placeholders'} that nobody filled in: ${listed(names.map((name) => `\${${name}}`))}.`,
    why: 'Step Functions fills in nothing: a task is handed the text as it stands. Where an ARN must stand, the machine is refused.',
    remedy: () =>
      'Make it with what fills them in: `dagwright deploy`, an export, or CloudFormation’s DefinitionSubstitutions. Texts that are meant so stay.',
  }),
};

/** So much of a mock is shown. */
const LONGEST_MOCK = 400;

/** So many readers of a missing member are named. */
const READERS = 3;

const quoted = (names: readonly string[]) => listed(names.map((name) => `"${name}"`));

const OFF = 'Where the mock is meant so, run without the check: --no-check-mocks, in code checkMocks: false.';

/** Diagnostics about mocks that are compared with the models of their services. `at` is the path within the mocks. */
export const MOCKS = {
  SIM010: entry<{ name: string; type: string | undefined; known: readonly string[] }>({
    severity: 'error',
    title: 'Mocks that no state takes',
    message: ({ name, type }) =>
      type === undefined
        ? `The mocks name "${name}", which is no state of the machine.`
        : `The mocks name "${name}", a ${type}, which calls nothing itself.`,
    why: 'Only tasks, and Maps with an ItemReader, take a mocked response; this one changes nothing.',
    remedy: ({ name, known }) =>
      `${didYouMean(name, known)}${known.length === 0 ? 'It has no state that could be mocked.' : `Mock one of ${quoted(known)}.`}`,
  }),
  SIM011: entry<{
    state: string;
    resource: string;
    at: string;
    name: string;
    known: readonly string[];
    elsewhere: string | undefined;
    hint: string;
  }>({
    severity: 'error',
    title: 'A mock answers what the service does not have',
    message: ({ state, resource, at, name }) =>
      `The mock of "${state}" has "${name}" at ${at}, which ${resource} does not answer.`,
    why: 'On AWS it is missing, so a test that passes by this mock says nothing of the real run.',
    remedy: ({ name, known, elsewhere, hint }) => {
      const near = didYouMean(name, known);
      const all = known.length === 0 ? 'Nothing is answered there. ' : `It answers ${quoted(known)}. `;
      const stands = elsewhere === undefined ? '' : `It stands at ${elsewhere}. `;
      return `${near === '' ? `${stands}${all}${hint}` : near}${OFF}`;
    },
  }),
  SIM012: entry<{ state: string; resource: string; at: string; expected: string; found: string; hint: string }>({
    severity: 'error',
    title: 'A mock answers another type than the service',
    message: ({ state, resource, at, expected, found }) =>
      `The mock of "${state}" has ${found} at ${at}, where ${resource} answers ${expected}.`,
    why: 'What reads it gets another type on AWS, so a test that passes by this mock says nothing of the real run.',
    remedy: ({ expected, hint }) => `Write ${expected} there. ${hint}${OFF}`,
  }),
  SIM013: entry<{ state: string; resource: string; at: string; value: string; known: readonly string[] }>({
    severity: 'warning',
    title: 'A mock answers a value that is not known of the service',
    message: ({ state, resource, at, value }) =>
      `The mock of "${state}" has "${value}" at ${at}, which is none of the values that ${resource} is known to answer.`,
    why: 'A condition that waits for this value may never hold on AWS. Services get new values, so it may be right all the same.',
    remedy: ({ value, known }) => `${didYouMean(value, known)}Known are ${quoted(known)}.`,
  }),
  SIM014: entry<{ state: string; at: string; found: string }>({
    severity: 'warning',
    title: 'A mock of a Lambda function answers without the Payload',
    message: ({ state, at, found }) =>
      `The mock of "${state}" has ${found} at ${at}; lambda:invoke answers what the function returns in its Payload.`,
    why: 'What reads the answer finds the result in Payload on AWS, and not where this mock has it.',
    remedy: () => `Write {"Return": {"Payload": …}}. ${OFF}`,
  }),
  SIM015: entry<{ state: string; at: string; name: string; near: string }>({
    severity: 'warning',
    title: 'A mock throws an error whose name is nearly a known one',
    message: ({ state, at, name, near }) =>
      `The mock of "${state}" throws "${name}" at ${at}, which is nearly, but not quite, "${near}".`,
    why: 'Retry and Catch compare the names of errors letter by letter.',
    remedy: ({ near }) => `Write "${near}" if that is meant; an error of your own may be called as you like.`,
  }),
  SIM016: entry<{ file: string; count: number; lines: readonly { line: number; reason: string }[] }>({
    severity: 'warning',
    title: 'Mocks of a batch answer what their services do not',
    message: ({ file, count, lines }) =>
      `The mocks of ${count} line${count === 1 ? '' : 's'} of ${file} are not what the services answer: ${lines
        .map(({ line, reason }) => `line ${line} (${reason})`)
        .join('; ')}${count > lines.length ? '; …' : ''}`,
    why: 'They were run as they are; on AWS they would go another way.',
    remedy: () => 'Mend the mocks, or run without the check: --no-check-mocks, or "checkMocks": false in a line.',
  }),
  SIM017: entry<{
    state: string;
    resource: string;
    name: string;
    at: string;
    required: boolean;
    readers: readonly string[];
  }>({
    severity: 'warning',
    title: 'A mock lacks what the machine reads',
    message: ({ state, name, at, readers }) =>
      `The mock of "${state}" has no "${name}" at ${at}, which ${readers.slice(0, READERS).join(', ')}${
        readers.length > READERS ? ` and ${readers.length - READERS} more` : ''
      } read${readers.length === 1 ? 's' : ''}.`,
    why: 'What reads it finds nothing there: the run fails, or it goes another way than on AWS.',
    remedy: ({ name, resource, required }) =>
      required
        ? `${resource} always answers it: add "${name}" to the mock.`
        : `Add "${name}" to the mock; where ${resource} may leave it out, let the machine look whether it is there ($exists, IsPresent).`,
  }),
  SIM020: entry<{ file: string; wanted: string; remedy?: string }>({
    severity: 'error',
    title: 'A machine has no policy to be held against',
    message: ({ file, wanted }) => `--enforce-policy has no policy for ${file}: ${wanted}.`,
    why: 'What the machine’s role may do stands in its policy: `dagwright compile` writes one beside each machine.',
    remedy: ({ remedy = 'Name the role’s policy: --policy FILE.' }) => remedy,
  }),
  SIM021: entry<{ file: string; detail: string }>({
    severity: 'error',
    title: 'A policy is none that IAM takes',
    message: ({ file, detail }) => `${file} is no policy of a role: ${detail}.`,
    why: 'IAM would refuse it, and so nothing can be held against it.',
    remedy: () =>
      'Mend it: {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["…"], "Resource": ["arn:…"]}]}.',
  }),
  SIM022: entry<DeniedSays>({
    severity: 'error',
    title: 'A role may not do what a task needs',
    message: ({ state, role, policy, action, resource }) =>
      `"${state}" was denied: the role ${role} may not ${action} on ${resource} (${policy}).`,
    why: 'On AWS the task would fail in the same way.',
    remedy: ({ missing, because }) =>
      [
        missing === undefined ? 'Remove the statement that denies it.' : `The policy lacks ${missing}`,
        ...(because.length > 0 ? [`Of those that it has, ${because.join('; ')}.`] : []),
      ].join(missing !== undefined && because.length > 0 ? '. ' : ' '),
  }),
  SIM023: entry<DeniedSays>({
    severity: 'warning',
    title: 'A role may not end a job whose execution is stopped',
    message: ({ state, role, policy, action, resource }) =>
      `If the execution is stopped while it waits for "${state}", the role ${role} may not ${action} on ${resource} (${policy}).`,
    why: 'Step Functions then leaves the job running.',
    remedy: ({ missing }) =>
      missing === undefined ? 'Remove the statement that denies it.' : `The policy lacks ${missing}`,
  }),
};

type DeniedSays = {
  readonly state: string;
  readonly role: string;
  readonly policy: string;
  readonly action: string;
  readonly resource: string;
  /** The statement that would allow it, as JSON. */
  readonly missing?: string;
  /** What of the policy's statements keeps them from it. */
  readonly because: readonly string[];
};
