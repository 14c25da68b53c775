import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../../asl/validate/decode.ts';
import { validate } from '../../../asl/validate/validate.ts';
import { validateYaml } from '../../../asl/validate/validate-yaml.ts';
import { sized } from '../../sized.ts';

const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const found = (text: string): string[] =>
  validateYaml(text).map(({ code, path, line, column }) => `${code} ${path} ${line}:${column}`);
const machine = (...state: string[]): string =>
  lines('StartAt: A', 'States:', '  A:', ...state.map((one) => `    ${one}`));

describe('a definition in YAML', () => {
  it('is checked as the JSON that it means', () => {
    expect(found(machine('Type: Pass', 'End: true'))).toEqual([]);
    expect(found(machine('Type: Task', 'Resource: arn:aws:states:::sqs:noSuchApi', 'End: true'))).toEqual([
      'ASL073 /States/A/Resource 5:15',
    ]);
  });

  it('has its findings at keys, at values and within them, in whatever style', () => {
    expect(
      found(
        lines(
          '# a comment',
          'StartAt: A',
          'QueryLanguage: JSONata',
          'States: {A: {Type: Pass, Next: "B", Foo: 1,',
          '  Output: "{% $f( %}"}}',
        ),
      ),
    ).toEqual(['ASL020 /States/A/Next 4:32', 'ASL011 /States/A/Foo 4:37', 'ASL041 /States/A/Output 5:19']);
    expect(found(machine('Type: Pass', 'End: true', 'Parameters:', '  list:', '    - x.$: a b'))).toEqual([
      'ASL048 /States/A/Parameters/list/0/x.$ 8:16',
    ]);
  });

  it('may have anchors, merged keys, and texts of several lines', () => {
    const text = lines(
      'StartAt: A',
      'States:',
      '  A: &state',
      '    Type: Task',
      '    Resource: arn:aws:states:::lambda:invoke',
      '    Parameters: {FunctionName: f}',
      '    Retry: &retry [{ErrorEquals: [X], MaxAttempts: -1}]',
      '    Next: B',
      '  B:',
      '    Type: Task',
      '    Resource: arn:aws:states:::lambda:invoke',
      '    Parameters: {FunctionName: f}',
      '    Retry: *retry',
      '    Comment: >',
      '      two',
      '      lines',
      '    End: true',
    );
    expect(found(text)).toEqual([
      'ASL012 /States/A/Retry/0/MaxAttempts 7:52',
      'ASL012 /States/B/Retry/0/MaxAttempts 7:52',
    ]);
  });

  it("has CloudFormation's short functions as placeholders", () => {
    const text = machine(
      'Type: Task',
      "Resource: !Sub 'arn:${AWS::Partition}:states:::lambda:invoke'",
      'Parameters:',
      '  FunctionName: !GetAtt F.Arn',
      '  Payload: !Join ["", [a, b]]',
      'End: true',
    );
    expect(found(text)).toEqual(['ASL088 /States/A/Resource 5:20']);
    expect(found(machine('Type: Task', 'Resource: !GetAtt F.Arn', 'End: true'))).toEqual([
      'ASL088 /States/A/Resource 5:23',
    ]);
  });

  it('is told where it is no YAML, has a key twice, or is no definition', () => {
    expect(found('StartAt: [A\nStates: {}')[0]).toMatch(/^ASL008 {2}2:/);
    expect(found(machine('Type: Pass', 'End: true', 'End: true'))).toEqual(['ASL002  6:5']);
    expect(found('')).toEqual(['ASL005  1:1']);
    expect(found('just text')).toEqual(['ASL005  1:1']);
    expect(found('a: 1\n---\nb: 1')[0]).toMatch(/^ASL008/);
    expect(found('a: *nothing')[0]).toMatch(/^ASL008/);
  });

  it('cannot make the reader run away', () => {
    const bomb = [
      'a: &a [x]',
      ...'bcdefghij'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdefghi'[i]},`.repeat(9)}]`),
    ];
    expect(found(lines(...bomb))[0]).toMatch(/^ASL00[458]/);
    expect(found('['.repeat(100_000))[0]).toMatch(/^ASL008/);
    expect(found('x'.repeat(10_000_000))).toEqual(['ASL003  1:1']);
  });
});

it('any text at all is survived', () => {
  const piece = fc.constantFrom(
    ...[
      'StartAt: A',
      'States:',
      '  A:',
      'Type: Pass',
      '\n',
      '\n  ',
      '\n    ',
      '- ',
      '? ',
      ': ',
      '&a ',
      '*a',
      '<<: ',
      '!Sub ',
      '!!set ',
    ],
    ...[
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '|',
      '>',
      '#',
      '---',
      '...',
      '%',
      '@',
      '`',
      '~',
      'null',
      '1e999',
      '.nan',
      '__proto__: ',
    ],
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(text, (any) => {
      for (const { line, column, message } of validateYaml(any)) {
        expect(line).toBeGreaterThan(0);
        expect(column).toBeGreaterThan(0);
        expect(message).not.toMatch(/undefined|\[object/);
      }
    }),
    { numRuns: sized(400, 2_000), seed: 7 },
  );
});

describe('what is not a definition', () => {
  const template = { Resources: { M: { Type: 'AWS::Serverless::StateMachine' }, B: { Type: 'AWS::S3::Bucket' } } };
  it('is named where it is known', () => {
    expect(validate(JSON.stringify(template))).toMatchObject([
      { code: 'ASL006', message: 'This is a CloudFormation template, not a definition; it has the state machine M.' },
    ]);
    expect(validateYaml('stepFunctions: {stateMachines: {one: {}, two: {}}}')).toMatchObject([
      {
        code: 'ASL006',
        message:
          "This is the Serverless Framework's configuration, not a definition; it has the state machines one, two.",
      },
    ]);
  });
  it('may not even be text', () => {
    const of = (bytes: Buffer) => decode(bytes).findings.map(({ code, line, column }) => `${code} ${line}:${column}`);
    expect(of(Buffer.from('{"ä": "\ufffd"}'))).toEqual([]);
    expect(of(Buffer.from('{"StartAt":\n "ä"}', 'latin1'))).toEqual(['ASL007 2:3']);
    expect(of(Buffer.from('\ufeff{}', 'utf16le'))).toEqual(['ASL007 1:1']);
  });
  it('may begin with a byte order mark', () => {
    expect(validate('\ufeff{}')[0]!.message).toMatch(/byte order mark/);
    expect(validateYaml(`\ufeff${machine('Type: Pass', 'End: true')}`)).toEqual([]);
  });
});
