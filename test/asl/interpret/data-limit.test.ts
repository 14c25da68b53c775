import { describe, expect, it } from '@jest/globals';
import type { Execution } from '../../../asl/index.ts';
import type { Json } from '../../../asl/json/value.ts';
import { pass, run, runJsonPath, task } from './run.ts';

/** Bytes of JSON in UTF-8 that a state may be given or hand on. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST = 262_144;

/** A text whose JSON has just so many bytes, of characters that take one to six bytes each. */
function textOf(bytes: number, character: string): string {
  const each = Buffer.byteLength(JSON.stringify(character)) - 2;
  const text = character.repeat(Math.floor((bytes - 2) / each)) + 'x'.repeat((bytes - 2) % each);
  expect(Buffer.byteLength(JSON.stringify(text))).toBe(bytes);
  return text;
}

const small = { Output: 1 };
const map = (fields: object) => ({
  m: {
    Type: 'Map',
    Items: [1],
    ItemProcessor: { StartAt: 'p', States: { p: pass(small) } },
    ...small,
    End: true,
    ...fields,
  },
});
const distributed = (fields: object, child: object = pass(small)) =>
  map({
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: 'p',
      States: { p: child },
    },
    ...fields,
  });
const branch = (Output: Json) => ({ StartAt: 'b', States: { b: pass({ Output }) } });

/** Where a value of so many bytes stands. What frames it there has its bytes too. */
const PLACES: { readonly [place: string]: (text: (frame: number) => string) => Promise<Execution> } = {
  "an execution's input": (text) => run({ a: pass() }, { input: text(0) }),
  "a task's result": (text) => run({ a: task(small) }, { tasks: () => ({ result: text(0) }) }),
  'the member of a result': (text) =>
    run({ a: task(small) }, { tasks: () => ({ result: { Payload: text('{"Payload":}'.length) } }) }),
  "a task's arguments": (text) => run({ a: task({ Arguments: text(0), ...small }) }),
  "a task's input": (text) =>
    run({ a: task({ Arguments: '{% $states.input %}', ...small }) }, { input: text(0), tasks: () => ({ result: 1 }) }),
  'an Output': (text) => run({ a: pass({ Output: text(0) }) }),
  'a variable': (text) => run({ a: pass({ Assign: { x: text(0) } }) }),
  // The names do not count.
  'two variables': (text) => run({ a: pass({ Assign: { x: text(1000), y: textOf(1000, 'x') } }) }),
  'a ResultPath': (text) =>
    runJsonPath({ a: { Type: 'Pass', Result: text('{"r":}'.length), ResultPath: '$.r', End: true } }, { input: {} }),
  'an ItemSelector': (text) => run(map({ ItemSelector: text(0) })),
  'an ItemSelector of a distributed Map': (text) => run(distributed({ ItemSelector: text(0) })),
  "a Map's results": (text) =>
    run(map({ Output: undefined, ItemSelector: text(2), ItemProcessor: { StartAt: 'p', States: { p: pass() } } })),
  "a child's output": (text) => run(distributed({ ItemSelector: text(2), Output: undefined }, pass())),
  "a Parallel's results": (text) =>
    run({ p: { Type: 'Parallel', Branches: [branch(text('[,1]'.length)), branch(1)], End: true } }),
  "a Parallel's arguments": (text) =>
    run({ p: { Type: 'Parallel', Arguments: text(0), Branches: [branch(1)], ...small, End: true } }),
};

describe.each(Object.entries(PLACES))('%s', (_, place) => {
  it.each([
    ['x', 0],
    ['é', 0],
    ['😀', 0],
    ['"', 0],
    ['\u0001', 0],
    ['x', -1],
    ['😀', -1],
  ])('of %j may have 256 KiB (%i)', async (character, more) => {
    const { status, cause } = await place((frame) => textOf(MOST + more - frame, character));
    expect([status, cause]).toEqual(['SUCCEEDED', undefined]);
  });

  it.each(['x', 'é', '😀', '"', '\u0001'])('of %j and no byte more', async (character) => {
    const { status, error } = await place((frame) => textOf(MOST + 1 - frame, character));
    expect([status, error]).toEqual(['FAILED', 'States.DataLimitExceeded']);
  });
});

describe('what is too large', () => {
  const tooLarge = textOf(MOST + 1, 'x');
  const caught = async (state: object, options: Parameters<typeof run>[1] = {}) => {
    const { output } = await run(
      { a: { ...state, Next: 'z', End: undefined }, z: pass({ Output: 'caught' }) },
      options,
    );
    return output === 'caught';
  };
  const by = (name: string) => ({ Catch: [{ ErrorEquals: [name], Next: 'z' }] });

  it.each([
    ['States.DataLimitExceeded', true, true],
    ['States.TaskFailed', true, true],
    // Documented as not caught; of a task's result it has been seen to be.
    ['States.ALL', true, false],
    ['States.Timeout', false, false],
  ])('a Catch of %s takes of a result: %s, of an output: %s', async (name, ofResult, ofOutput) => {
    expect(await caught(task(by(name)), { tasks: () => ({ result: tooLarge }) })).toBe(ofResult);
    const Output = { x: '{% $states.result %}' };
    const tasks = () => ({ result: textOf(MOST, 'x') });
    const { output } = await run(
      {
        p: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'a', States: { a: task({ Output }) } }],
          ...by(name),
          End: true,
        },
        z: pass({ Output: 'caught' }),
      },
      { tasks },
    );
    expect(output === 'caught').toBe(ofOutput);
  });

  it('a Retry tries again by its name', async () => {
    let calls = 0;
    const Retry = [{ ErrorEquals: ['States.DataLimitExceeded'], MaxAttempts: 2 }];
    const { output } = await run({ a: task({ Retry }) }, { tasks: () => ({ result: ++calls < 3 ? tooLarge : calls }) });
    expect(output).toBe(3);
  });
});
