import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decode } from '../../../asl/validate/finding.ts';
import { validate } from '../../../asl/validate/validate.ts';
import { validateYaml } from '../../../asl/validate/yaml/validate.ts';
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

  it('is told in words for who writes definitions, each mistake at its line and once', () => {
    const detail = (text: string) =>
      validateYaml(text).map(
        ({ line, column, message }) => `${line}:${column} ${message.replace(/^.*document: /, '')}`,
      );
    expect(detail(lines('StartAt: A', 'States:', '\tA:', '\t  Type: Pass'))).toEqual([
      '3:1 a tab stands in front of the line, and YAML is indented with blanks.',
    ]);
    expect(detail(lines('StartAt: A', 'States: {}', '---', 'StartAt: B'))).toEqual([
      '3:1 a second document begins here, and a file has one.',
    ]);
    expect(detail(machine('Type: Pass', 'Comment: this: that'))).toEqual([
      '5:14 a text with a colon and a blank in it stands without quotes.',
    ]);
    expect(detail(machine('Type: Pass', 'Retry: *lost', 'Comment: @x'))).toEqual([
      '6:14 a text that begins with @ stands without quotes.',
    ]);
    expect(detail(machine('Type: Pass', 'Retry: *lost'))).toEqual([
      '5:12 no anchor &lost stands before the alias *lost.',
    ]);
    expect(detail(machine('Type: Pass', 'Output: {% $states.input %}', 'Assign:', '  a: {% 1 %}'))).toEqual([
      '5:14 the expression {% $states.input %} stands without quotes: put quotes around it, or write it behind >-.',
      '7:11 the expression {% 1 %} stands without quotes: put quotes around it, or write it behind >-.',
    ]);
    expect(detail(machine('Type: Pass', 'Output: {% if x %}'))[0]).toMatch(/^5:14 This is a template/);
    expect(
      detail(lines('StartAt: A', 'States:', '  "A": {Type: Pass, End: true}', "  'A': {Type: Pass, Next: B}")),
    ).toEqual(['4:3 The key "A" stands twice in this object.', '4:27 Next names "B", and there is no such state.']);
  });

  it('has values that YAML 1.1 and 1.2 read differently told, where nothing else is wrong with them', () => {
    const text = machine(
      'Type: Pass',
      'Result:',
      '  a: [yes, "yes", On, 0755, 012345678901, 0o17, 1:30, 1_000, 0b1]',
      '  off: [y, 0, 10, 1.5, 1e3, 0x1F, true, 2026-03-14, 08:30, 22:30:00]',
      'End: no',
    );
    const all = validateYaml(text).map(({ code, message }) => `${code} ${message}`);
    expect(all).toEqual([
      'ASL111 yes without quotes is true in YAML 1.1 and a text in YAML 1.2.',
      'ASL111 On without quotes is true in YAML 1.1 and a text in YAML 1.2.',
      'ASL111 0755 without quotes is the number 493 in YAML 1.1 and the number 755 in YAML 1.2.',
      'ASL111 012345678901 without quotes is a text in YAML 1.1 and the number 12345678901 in YAML 1.2.',
      'ASL111 0o17 without quotes is a text in YAML 1.1 and the number 15 in YAML 1.2.',
      'ASL111 1:30 without quotes is a number to the base of 60 in YAML 1.1 and a text in YAML 1.2.',
      'ASL111 1_000 without quotes is a number in YAML 1.1 and a text in YAML 1.2.',
      'ASL111 0b1 without quotes is a number in YAML 1.1 and a text in YAML 1.2.',
      'ASL111 off without quotes is false in YAML 1.1 and a text in YAML 1.2.',
      'ASL111 22:30:00 without quotes is a number to the base of 60 in YAML 1.1 and a text in YAML 1.2.',
      'ASL012 The state "A" (Pass): End must be true or false.',
    ]);
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
