import { expect, it } from '@jest/globals';
import type { Json } from '../../../asl/json/value.ts';
import { validate } from '../../../asl/validate/validate.ts';
import { validateYaml } from '../../../asl/validate/yaml/validate.ts';

const found = (definition: Json) =>
  validate(JSON.stringify(definition)).map(({ code, path, remedy }) => `${code} ${path} ${remedy}`);
/** A machine of a state and one that it may go to. */
const machine = (A: Json) => ({ StartAt: 'A', States: { A, B: { Type: 'Succeed' } } });
const alone = (A: Json) => ({ StartAt: 'A', States: { A } });
const inner = { StartAt: 'C', States: { C: { Type: 'Pass', End: true } } };
const send = { Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: { QueueUrl: 'q', MessageBody: 'm' } };
const task = { Type: 'Task', ...send, Next: 'B' };
const distributed = { ...inner, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };
const map = { Type: 'Map', ItemProcessor: distributed, End: true };
const read = { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: 'b', Key: 'k' } };
const rule = { Variable: '$.a', IsPresent: true, Next: 'B' };

/** What somebody wrote, the place of the slip, and the field that was meant. */
const SLIPS: readonly (readonly [definition: Json, path: string, meant: string])[] = [
  [machine({ Type: 'Pass', Nxt: 'B' }), '/States/A/Nxt', 'Next'],
  [machine({ Type: 'Pass', next: 'B' }), '/States/A/next', 'Next'],
  [alone({ Type: 'Pass', Enf: true }), '/States/A/Enf', 'End'],
  [machine({ Tpye: 'Pass', Next: 'B' }), '/States/A/Tpye', 'Type'],
  [machine({ ...task, Resource: undefined as never, Resorce: send.Resource }), '/States/A/Resorce', 'Resource'],
  [machine({ Type: 'Choice', Choises: [rule] }), '/States/A/Choises', 'Choices'],
  [machine({ Type: 'Parallel', Brances: [inner], Next: 'B' }), '/States/A/Brances', 'Branches'],
  [alone({ Type: 'Map', ItemProcesor: inner, End: true }), '/States/A/ItemProcesor', 'ItemProcessor'],
  [machine({ Type: 'Wait', Second: 3, Next: 'B' }), '/States/A/Second', 'Seconds'],
  [{ StartsAt: 'A', States: { A: { Type: 'Succeed' } } }, '/StartsAt', 'StartAt'],
  [{ StartAt: 'A', State: { A: { Type: 'Succeed' } } }, '/State', 'States'],
  [machine({ ...task, Retry: [{ ErrorEqual: ['X'] }] }), '/States/A/Retry/0/ErrorEqual', 'ErrorEquals'],
  [machine({ ...task, Catch: [{ ErrorEquals: ['X'], Nxt: 'B' }] }), '/States/A/Catch/0/Nxt', 'Next'],
  [
    machine({ Type: 'Choice', Choices: [{ ...rule, Next: undefined as never, Nex: 'B' }] }),
    '/States/A/Choices/0/Nex',
    'Next',
  ],
  [
    machine({ Type: 'Choice', Choices: [{ Variable: '$.a', IsPresnt: true, Next: 'B' }] }),
    '/States/A/Choices/0/IsPresnt',
    'IsPresent',
  ],
  [
    machine({ Type: 'Choice', Choices: [{ Not: { Varible: '$.a', IsNull: true }, Next: 'B' }] }),
    '/States/A/Choices/0/Not/Varible',
    'Variable',
  ],
  [
    machine({ Type: 'Choice', QueryLanguage: 'JSONata', Choices: [{ Conditon: '{% true %}', Next: 'B' }] }),
    '/States/A/Choices/0/Conditon',
    'Condition',
  ],
  [
    alone({ ...map, ItemReader: { ...read, ReaderConfig: { InputTyp: 'JSON' } } }),
    '/States/A/ItemReader/ReaderConfig/InputTyp',
    'InputType',
  ],
  [alone({ ...map, ItemBatcher: { MaxItemPerBatch: 3 } }), '/States/A/ItemBatcher/MaxItemPerBatch', 'MaxItemsPerBatch'],
  [
    alone({ ...map, ItemProcessor: { ...inner, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionTyp: 'STANDARD' } } }),
    '/States/A/ItemProcessor/ProcessorConfig/ExecutionTyp',
    'ExecutionType',
  ],
  [
    alone({
      ...map,
      ItemReader: { ...read, ReaderConfig: { InputType: 'JSON' } },
      ItemProcessor: { ...inner, ProcesorConfig: distributed.ProcessorConfig },
    }),
    '/States/A/ItemProcessor/ProcesorConfig',
    'ProcessorConfig',
  ],
  [
    machine({ ...task, Credentials: { RolArn: 'arn:aws:iam::123456789012:role/x' } }),
    '/States/A/Credentials/RolArn',
    'RoleArn',
  ],
  [
    machine({
      Type: 'Task',
      Resource: 'arn:aws:states:::aws-sdk:sqs:sendMessage',
      Parameter: send.Parameters,
      Next: 'B',
    }),
    '/States/A/Parameter',
    'Parameters',
  ],
];

it.each(SLIPS)('one misspelt field is one finding: %#', (definition, path, meant) => {
  expect(found(definition)).toEqual([`ASL011 ${path} Did you mean "${meant}"?`]);
});

it('what stands in a misspelt field is checked as what it is, at its place', () => {
  expect(found(machine({ Type: 'Pass', Nxt: 'C' }))).toEqual([
    'ASL011 /States/A/Nxt Did you mean "Next"?',
    expect.stringMatching('^ASL020 /States/A/Nxt '),
    expect.stringMatching('^ASL021 /States/B '),
  ]);
  const branches = [{ StartAt: 'C', States: { C: { Type: 'Pass', Nxt: 'D' } } }];
  expect(found(machine({ Type: 'Parallel', Brances: branches, Next: 'B' }))).toEqual([
    'ASL011 /States/A/Brances Did you mean "Branches"?',
    'ASL011 /States/A/Brances/0/States/C/Nxt Did you mean "Next"?',
    expect.stringMatching('^ASL020 /States/A/Brances/0/States/C/Nxt '),
  ]);
  const yaml = 'StartAt: A\nStates:\n  A:\n    Type: Wait\n    Second: ${n}\n    Nxt: B\n  B: {Type: Succeed}\n';
  expect(validateYaml(yaml).map(({ code, line, column }) => `${code} ${line}:${column}`)).toEqual([
    'ASL011 5:5',
    'ASL011 6:5',
  ]);
});

it('each slip is named with the object that it is in', () => {
  const what = (definition: Json) => validate(JSON.stringify(definition)).map(({ message }) => message);
  expect(what(SLIPS[3]![0])).toEqual(['The state "A" (Pass) has a field "Tpye", which does not exist there.']);
  expect(what(SLIPS[9]![0])).toEqual(['The machine has a field "StartsAt", which does not exist there.']);
  expect(what(SLIPS[11]![0])).toEqual(['Retry 0 of "A" has a field "ErrorEqual", which does not exist there.']);
  expect(what(SLIPS[17]![0])).toEqual([
    'The state "A" (Map): ItemReader.ReaderConfig has a field "InputTyp", which does not exist there.',
  ]);
  expect(what(SLIPS[19]![0])).toEqual([
    'The processor of "A": ProcessorConfig has a field "ExecutionTyp", which does not exist there.',
  ]);
});

it('a field that is missing is missing, whatever else does not exist', () => {
  expect(found(machine({ Type: 'Pass', Colour: 'red' }))).toEqual([
    'ASL024 /States/A Add "Next", or "End": true.',
    expect.stringMatching('^ASL011 /States/A/Colour '),
    expect.stringMatching('^ASL021 /States/B '),
  ]);
  // One that is there already is not meant twice, and a field of another kind of state is no misspelling.
  expect(found(machine({ Type: 'Pass', Next: 'B', Nxt: 'B' }))).toEqual([
    'ASL011 /States/A/Nxt Remove it: there is "Next" already.',
  ]);
  expect(found(machine({ Type: 'Pass', Next: 'B', Resorce: 'x' }))).toEqual([
    'ASL011 /States/A/Resorce Remove the field, or move it to where it belongs.',
  ]);
  expect(found(alone({ Type: 'Wait', ItemsPath: '$.a', End: true })).map((one) => one.slice(0, 6))).toEqual([
    'ASL014',
    'ASL011',
  ]);
});
