import { entry } from './diagnostic.ts';
import { didYouMean } from './did-you-mean.ts';

const listed = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

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
      `${didYouMean(name, known)}${known.length === 0 ? `It has no ${kind} at all.` : `It has ${listed(known)}.`}`,
  }),
  SIM008: entry<{ kind: string; known: readonly string[] }>({
    severity: 'error',
    title: 'The mock configuration has more than one to choose from',
    message: ({ kind }) => `Which ${kind} of the mock configuration is meant is not said.`,
    why: 'A MockConfigFile.json has test cases for any number of state machines.',
    remedy: ({ kind, known }) =>
      `Choose it with ${kind === 'test case' ? '--test-case (in code: testCase)' : '--machine (in code: machine)'}${known.length === 0 ? '; it has none' : `: ${listed(known)}`}.`,
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
};
