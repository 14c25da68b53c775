import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { Json } from '../../../asl/json/value.ts';
import { checkDocument, type Document, type Format } from '../../../asl/validate/embedded/document.ts';
import { validate } from '../../../asl/validate/validate.ts';

const lines = (...all: string[]): string => `${all.join('\n')}\n`;
const said = ({ findings }: Document): string[] =>
  findings.map(({ code, machine = '', path, line, column }) => `${code} ${machine} ${path} ${line}:${column}`);
const found = (text: string, format: Format = 'yaml'): string[] => said(checkDocument(text, format));
/** The text from the place of a finding on. */
const shown = (text: string, format: Format = 'yaml'): string[] =>
  checkDocument(text, format).findings.map(({ code, line, column }) =>
    `${code} ${text.split('\n')[line - 1]!.slice(column - 1)}`.slice(0, 20),
  );

/** A definition with one mistake. */
const mistaken = { StartAt: 'A', States: { A: { Type: 'Pass', Foo: 1, End: true } } };
const resource = (properties: Json, type = 'AWS::StepFunctions::StateMachine') => ({
  Type: type,
  Properties: properties,
});
const cdk = (...parts: Json[]): string =>
  JSON.stringify({ Resources: { M: resource({ DefinitionString: { 'Fn::Join': ['', parts] } }) } }, undefined, 1);

describe('a template of CloudFormation', () => {
  it('has each of its definitions checked, at the places of the template', () => {
    const text = lines(
      'Resources:',
      '  One:',
      '    Type: AWS::Serverless::StateMachine',
      '    Properties:',
      '      Definition:',
      '        StartAt: A',
      '        States:',
      '          A: {Type: Task, Resource: !GetAtt F.Arn, Next: B}',
      '  Bucket: {Type: AWS::S3::Bucket}',
      '  Two:',
      '    Type: AWS::StepFunctions::StateMachine',
      '    Properties:',
      '      DefinitionString: !Sub |',
      '        {',
      '          "StartAt": "A",',
      '          "States": {',
      '            "A": {"Type": "Task", "Resource": "${F.Arn}", "TimeoutSeconds": ${Time}, "Foo": 1, "End": true}',
      '          }',
      '        }',
    );
    expect(found(text)).toEqual(['ASL020 One /States/A/Next 8:58', 'ASL011 Two /States/A/Foo 17:86']);
    expect(checkDocument(text, 'yaml').machines).toEqual(['One', 'Two']);
  });

  it.each([
    [
      'a literal block',
      ['DefinitionString: |', '  {"StartAt": "A", "States": {', '   "A": {"Type": "Pass", "Foo": 1, "End": true}}}'],
    ],
    [
      'a folded block',
      [
        'DefinitionString: >-',
        '  {"StartAt": "A",',
        '  "States": {',
        '',
        '  "A": {"Type": "Pass", "Foo": 1, "End": true}}}',
      ],
    ],
    [
      'single quotes',
      [
        `DefinitionString: '{"StartAt": "A", "Comment": "it''s",`,
        `  "States": {"A": {"Type": "Pass", "Foo": 1, "End": true}}}'`,
      ],
    ],
    [
      'double quotes',
      [
        'DefinitionString: "{\\"StartAt\\": \\"A\\",\\n\\t\\x20',
        '  \\"States\\": {\\"A\\": {\\"Type\\": \\"Pass\\", \\"Foo\\": 1, \\"End\\": true}}}"',
      ],
    ],
    [
      'Fn::Sub with names',
      [
        'DefinitionString: !Sub',
        '  - |-',
        '    {"StartAt": "A", "States": {"A": {"Type": "Pass", "Foo": 1, "End": true}}}',
        '  - {a: !Ref B}',
      ],
    ],
    [
      'Fn::Join of lines',
      [
        'DefinitionString:',
        '  Fn::Join:',
        '    - "\\n"',
        `    - - '{"StartAt": "A",'`,
        `      - '"States": {"A": {"Type": "Pass", "Foo": 1, "End": true}}}'`,
      ],
    ],
    [
      'the short form of Fn::Join',
      [
        'DefinitionString: !Join',
        '  - ""',
        `  - - '{"StartAt": "A", "Comment": "'`,
        '    - !Ref B',
        `    - '", "States": {"A": {"Type": "Pass", "Foo": 1, "End": true}}}'`,
      ],
    ],
    [
      'Fn::If',
      [
        'DefinitionString: !If',
        '  - Big',
        '  - !Ref AWS::NoValue',
        `  - '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Foo": 1, "End": true}}}'`,
      ],
    ],
    [
      'Fn::ToJsonString',
      ['DefinitionString:', '  Fn::ToJsonString:', '    {StartAt: A, States: {A: {Type: Pass, "Foo": 1, End: true}}}'],
    ],
  ])('has texts of every style: %s', (_, property) => {
    const text = lines(
      'Resources:',
      '  M:',
      '    Type: AWS::StepFunctions::StateMachine',
      '    Properties:',
      ...property.map((line) => `      ${line}`),
    );
    expect(shown(text).map((one) => one.replaceAll('\\', '').slice(0, 12))).toEqual(['ASL011 "Foo"']);
  });

  it('as CDK writes it is put together, and what is wrong is told at its character', () => {
    const text = cdk(
      '{"StartAt":"A","States":{"A":{"Next":"B","Type":"Task","Resource":"arn:',
      { Ref: 'AWS::Partition' },
      ':states:::lambda:invoke","Parameters":{"FunctionName":"',
      { 'Fn::GetAtt': ['F', 'Arn'] },
      '","Payload.$":"$"},"TimeoutSeconds":',
      { Ref: 'Time' },
      '},"B":{"Type":"Pass","Foo":"a\\nb","End":true}}}',
    );
    expect(shown(text, 'json')).toEqual(['ASL011 \\"Foo\\":\\"a\\\\']);
    expect(found(cdk('{"StartAt":"A","States":', { Ref: 'States' }, '}'), 'json')).toEqual([]);
  });

  it('is told where a text is no JSON, and where a resource does not say its definition', () => {
    const of = (properties: Json, type?: string) => {
      const { findings } = checkDocument(JSON.stringify({ Resources: { M: resource(properties, type) } }), 'json');
      return findings.map(({ code, message }) => `${code} ${message}`);
    };
    expect(of({ DefinitionString: 'StartAt: A' })).toEqual([
      'ASL001 This is not a JSON document: a value was expected, not StartAt.',
    ]);
    expect(of({ DefinitionString: ' ' })).toEqual(['ASL001 This is not a JSON document: it is empty.']);
    expect(of({})).toEqual(['ASL108 The state machine M: it has no definition.']);
    expect(of({ DefinitionString: mistaken })).toEqual(['ASL108 The state machine M: DefinitionString is no text.']);
    expect(of({ Definition: '{}' })).toEqual(['ASL108 The state machine M: Definition is a text.']);
    expect(of({ Definition: {}, DefinitionString: '{}' })).toEqual([
      'ASL108 The state machine M: it has Definition and DefinitionString; only one of them may stand there.',
    ]);
    expect(of({ DefinitionUri: 'm.json' })).toEqual([
      'ASL108 The state machine M: AWS::StepFunctions::StateMachine has no DefinitionUri.',
    ]);
    expect(of({ DefinitionString: '{}' }, 'AWS::Serverless::StateMachine')).toEqual([
      'ASL108 The state machine M: AWS::Serverless::StateMachine has no DefinitionString.',
    ]);
    expect(of({ DefinitionS3Location: { Bucket: { Ref: 'B' }, Key: 'k' } })).toEqual([
      'ASL106 The state machine M is not checked: its definition is in s3://${B}/k.',
    ]);
    expect(of({ DefinitionString: { Ref: 'Text' } })).toEqual([
      'ASL106 The state machine M is not checked: its definition is what ${Text} gives.',
    ]);
  });

  it('without a state machine is told so, and one in a list of Fn::ForEach is found', () => {
    expect(found(JSON.stringify({ Resources: { B: { Type: 'AWS::S3::Bucket' } } }), 'json')).toEqual(['ASL109   1:1']);
    expect(found('AWSTemplateFormatVersion: 2010-09-09\n')).toEqual(['ASL109   1:1']);
    const loop = { 'Fn::ForEach::All': ['Name', ['a', 'b'], { 'M${Name}': resource({ Definition: mistaken }) }] };
    expect(found(JSON.stringify({ Resources: loop }), 'json')).toEqual(['ASL011 M${Name} /States/A/Foo 1:178']);
  });

  it('has an Express workflow where it says so, in SAM and in CloudFormation', () => {
    const waits = {
      StartAt: 'A',
      States: {
        A: {
          Type: 'Task',
          Resource: 'arn:aws:states:::glue:startJobRun.sync',
          Parameters: { JobName: 'j' },
          End: true,
        },
      },
    };
    const of = (properties: Json, type?: string) =>
      found(stringify({ Resources: { M: resource(properties, type) } })).map((one) => one.slice(0, 6));
    expect(of({ Definition: waits })).toEqual([]);
    expect(of({ Definition: waits, StateMachineType: 'EXPRESS' })).toEqual(['ASL090']);
    expect(of({ Definition: waits, Type: 'EXPRESS' }, 'AWS::Serverless::StateMachine')).toEqual(['ASL090']);
  });

  it('fills in what DefinitionSubstitutions and Fn::Sub name, and nothing else', () => {
    const text = lines(
      'Resources:',
      '  M:',
      '    Type: AWS::Serverless::StateMachine',
      '    Properties:',
      '      Definition:',
      '        StartAt: A',
      '        States:',
      "          A: {Type: Task, Resource: '${FArn}', Next: B}",
      "          B: {Type: Task, Resource: '${Function}', Comment: '${AWS::Region} ${AWS::Region}', End: true}",
      '      DefinitionSubstitutions: {FnArn: !GetAtt F.Arn, Function: !GetAtt G.Arn}',
    );
    const { findings } = checkDocument(text, 'yaml');
    expect(findings.map(({ message, remedy, line }) => `${line} ${message} ${remedy}`)).toEqual([
      '8 ${FArn} stays as it stands: neither DefinitionSubstitutions nor Fn::Sub fills it in. Did you mean "FnArn"? Add it to DefinitionSubstitutions, or put !Sub before the text that it stands in.',
      '9 ${AWS::Region} stays as it stands: neither DefinitionSubstitutions nor Fn::Sub fills it in. Write ${Region}, and add Region: !Ref AWS::Region to DefinitionSubstitutions; or put !Sub before the text that it stands in.',
    ]);
  });

  it('names the files of definitions, with what is filled in in them', () => {
    const properties = { DefinitionUri: 'm.asl.json', Type: 'EXPRESS', DefinitionSubstitutions: { a: 1 } };
    const text = JSON.stringify({ Resources: { M: resource(properties, 'AWS::Serverless::StateMachine') } });
    expect(checkDocument(text, 'json').files).toMatchObject([
      { file: 'm.asl.json', inside: '', machine: 'M', express: true, fills: { names: ['a'] }, at: { line: 1 } },
    ]);
    const asset = `${'0a'.repeat(32)}.json`;
    const located = { DefinitionS3Location: { Bucket: { 'Fn::Sub': 'cdk-${AWS::Region}' }, Key: asset } };
    expect(checkDocument(JSON.stringify({ Resources: { M: resource(located) } }), 'json').files).toMatchObject([
      { file: `asset.${asset}`, otherwise: `in s3://cdk-\${AWS::Region}/${asset}`, fills: { names: [] } },
    ]);
    const included = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 'm.json' } } };
    expect(
      checkDocument(JSON.stringify({ Resources: { M: resource({ Definition: included }) } }), 'json').files,
    ).toMatchObject([{ file: 'm.json' }]);
  });

  it('may name files that are JSON only once they are filled in', () => {
    const text =
      '{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": ${Wait}, "Comment": "${Whta}", "End": true}}}';
    const named = { machine: 'M', fills: { names: ['Wait', 'What'], at: '' } };
    expect(found(text, 'json')).toEqual(['ASL001   1:62']);
    expect(said(checkDocument(text, 'json', { named }))).toEqual(['ASL107   1:83']);
  });

  it('is told of keys that stand twice only where they stand in a definition', () => {
    const state = 'A: {Type: Pass, End: true, End: true}';
    const text = (other: string) =>
      lines('Resources:', '  M:', '    Type: AWS::Serverless::StateMachine', '    Properties:', '      Definition:') +
      lines('        StartAt: A', '        States:', `          ${state}`, other);
    expect(found(text('  B: {Type: X, Type: Y}'))).toEqual(['ASL002 M  8:38']);
  });
});

describe("the Serverless Framework's configuration", () => {
  it('has its machines checked, those in its resources and those in files', () => {
    const text = lines(
      'service: s',
      'provider: {name: aws}',
      'stepFunctions:',
      '  stateMachines:',
      '    one:',
      '      name: ${self:service}-one',
      '      definition:',
      '        StartAt: A',
      '        States:',
      '          A: {Type: Task, Resource: {"Fn::GetAtt": [f, Arn]}, TimeoutSeconds: 5, Foo: 1, End: true}',
      '    two: {definition: "${file(m.yml)}"}',
      '    three: ${file(ms.yml):a.b}',
      '    four: {definition: "${self:custom.m}"}',
      '    five: {type: EXPRESS}',
      'resources:',
      '  - Resources:',
      '      M: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {}}}}',
    );
    const document = checkDocument(text, 'yaml');
    expect(document.machines).toEqual(['one', 'two', 'three', 'four', 'five', 'M']);
    expect(document.files).toMatchObject([
      { machine: 'two', file: 'm.yml', inside: '' },
      { machine: 'three', file: 'ms.yml', inside: '/a/b' },
    ]);
    expect(said(document).slice(0, 3)).toEqual([
      'ASL011 one /States/A/Foo 10:82',
      'ASL106 four  13:24',
      'ASL108 five  14:5',
    ]);
    expect(said(document)[3]).toMatch(/^ASL012 M \/States/);
  });

  it('may have all its machines in files, alone or in a list', () => {
    const files = (text: string) => checkDocument(text, 'yaml').files.map(({ file, inside }) => `${file} ${inside}`);
    expect(files('service: s\nstepFunctions: ${file(sfn.yml)}\n')).toEqual(['sfn.yml ']);
    expect(files('service: s\nstepFunctions: {stateMachines: "${file(sfn.yml):all}"}\n')).toEqual(['sfn.yml /all']);
    expect(files('stepFunctions:\n  stateMachines:\n    - ${file(a.yml)}\n    - ${file(b.yml)}\n')).toEqual([
      'a.yml ',
      'b.yml ',
    ]);
    for (const file of [{ one: { definition: mistaken } }, { stateMachines: { one: { definition: mistaken } } }])
      expect(found(stringify(file)).map((one) => one.slice(0, 10))).toEqual(['ASL011 one']);
  });

  it('is looked at within a file where another one names it', () => {
    const text = lines(
      'a:',
      '  b:',
      '    name: x',
      '    definition:',
      '      StartAt: A',
      '      States: {A: {Type: Succeed, Foo: 1}}',
    );
    const named = { machine: 'three', fills: undefined };
    expect(said(checkDocument(text, 'yaml', { inside: '/a/b', named }))).toEqual(['ASL011 x /States/A/Foo 6:35']);
    expect(said(checkDocument(text, 'yaml', { inside: '/a/b/definition', named }))).toEqual([
      'ASL011 three /States/A/Foo 6:35',
    ]);
    expect(said(checkDocument(text, 'yaml', { inside: '/a/c', named }))).toEqual(['ASL109   1:1']);
  });
});

describe('Terraform', () => {
  it('has the definitions of its code checked that need no evaluation', () => {
    const text = lines(
      '# resource "aws_sfn_state_machine" "none" {}',
      'locals { m = templatefile("${path.module}/m.json.tftpl", { a = 1 }) }',
      'resource "aws_sfn_state_machine" "one" {',
      '  logging_configuration { definition = 1 }',
      '  type       = "EXPRESS"',
      '  definition = <<-EOF',
      '    {"StartAt": "A", "States": {"A": {',
      '      "Type": "Task", "Resource": "${lookup(var.m, "k")}", "TimeoutSeconds": ${var.t}, "Foo": 1, "End": true}}}',
      '  EOF',
      '}',
      'resource "aws_sfn_state_machine" "two" { definition = jsonencode(merge({ A = "}" })) }',
      'resource "aws_sfn_state_machine" "three" {',
      '  definition = local.m',
      '}',
      'resource "aws_sfn_state_machine" "four" {',
      '  definition = var.m',
      '}',
      'resource "aws_sfn_state_machine" "five" {',
      '}',
    );
    const document = checkDocument(text, 'terraform');
    expect(document.machines).toEqual(['one', 'two', 'three', 'four', 'five']);
    expect(said(document)).toEqual([
      'ASL011 one /States/A/Foo 8:88',
      'ASL110 two  11:55',
      'ASL110 four  16:16',
      'ASL108 five  18:1',
    ]);
    expect(document.files).toMatchObject([{ machine: 'three', file: 'm.json.tftpl' }]);
    expect(document.findings.map(({ message }) => message)).toContain(
      'The state machine two is not checked: its definition is jsonencode(…), which Terraform evaluates.',
    );
    expect(found('variable "x" {}\n', 'terraform')).toEqual(['ASL109   1:1']);
  });

  it('has the objects of its jsonencode read, with what Terraform evaluates as placeholders', () => {
    const code = (...state: string[]): string =>
      lines(
        'resource "aws_sfn_state_machine" "m" {',
        '  definition = jsonencode({',
        '    StartAt = "A" # first',
        ...state,
      ) + lines('  })', '}');
    const valid = code(
      '    Comment = "of ${lookup(var.m, "k")}: \\"${var.x}\\""',
      '    "States" : {',
      '      A = {',
      '        Type = "Task", Resource = "arn:${var.partition}:states:::lambda:invoke"',
      '        Parameters = { FunctionName = aws_lambda_function.f["a"].arn, "Payload.$" : "$" }',
      '        TimeoutSeconds = var.t + 1 // seconds',
      '        HeartbeatSeconds = "${var.t}"',
      '        Retry = [for e in var.errors : { ErrorEquals = [e] }]',
      '        Catch = [{ ErrorEquals = ["States.ALL"], Next = (',
      '          var.next) },]',
      '        Next = var.prod ? "B" : "C"',
      '      }',
      '      (local.name) = merge(local.state, { End = true })',
      '      B = { Type = "Fail", Cause = <<-EOT',
      '        several "lines"',
      '        EOT',
      '      }, /* the last */ C = local.last',
      '    }',
    );
    expect(found(valid, 'terraform')).toEqual([]);
    expect(shown(valid.replace('"${var.t}"', '"5"'), 'terraform')).toEqual(['ASL012 "5"']);
    expect(shown(valid.replace('// seconds', '\n Foo = 1'), 'terraform')).toEqual(['ASL011 Foo = 1']);
    expect(
      shown(valid.replace('(local.name) = merge(local.state', '(local.name) = mrge(local.state'), 'terraform'),
    ).toEqual([]);
    expect(found(code('    States = {', '      A = { Type = "Pass", End = tru }', '    }'), 'terraform')).toEqual([]);
    for (const broken of [
      `    A = f(${'['.repeat(50_000)}`,
      '    States = {',
      '    A',
      '    A = ',
      '    "A = 1',
      '    A = "${"',
      '    A = [1',
    ])
      expect(found(code(broken), 'terraform').map((one) => one.slice(0, 6))).toEqual(['ASL110']);
    expect(found(code(`    A = ${'['.repeat(50_000)}`), 'terraform').map((one) => one.slice(0, 6))).toEqual(['ASL110']);
  });

  it('has the templates of definitions checked, with what stands outside of quotes', () => {
    const text =
      '{"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": ${wait}, "Comment": "${f("x")}", "Next": "B"}}}';
    expect(found(text, 'template')).toEqual(['ASL020  /States/A/Next 1:103']);
    expect(found(text.replace('${wait}', '"${wait}"').replace('"B"', '"A"'), 'template')).toEqual([
      expect.stringMatching(/^ASL022/),
      'ASL012  /States/A/Seconds 1:62',
    ]);
    expect(found(`{"StartAt": "A", "States": {\n%{ for s in all }\n}}`, 'template')).toEqual(['ASL001   2:1']);
  });

  it('has what it says in JSON checked: a plan, a state, a configuration', () => {
    const definition = JSON.stringify(mistaken);
    const machine = { address: 'm.a', type: 'aws_sfn_state_machine', values: { definition } };
    const module = {
      resources: [machine],
      child_modules: [{ resources: [{ ...machine, address: 'm.b', values: {} }] }],
    };
    for (const field of ['planned_values', 'values'])
      expect(shown(JSON.stringify({ format_version: '1.2', [field]: { root_module: module } }), 'json')).toEqual([
        'ASL011 \\"Foo\\":1,\\"E',
        'ASL106 "values":{}}]',
      ]);
    const resources = { aws_sfn_state_machine: { a: { definition }, b: [{ definition: '${jsonencode(x)}' }] } };
    expect(found(JSON.stringify({ resource: resources }), 'json').map((one) => one.slice(0, 8))).toEqual([
      'ASL011 a',
      'ASL106 b',
    ]);
  });
});

it('a list of Resources is reported as what it is, not as a definition without its fields', () => {
  const yaml = lines(
    'Resources:',
    '  - Type: AWS::Serverless::StateMachine',
    '    Properties: {DefinitionUri: a.json}',
  );
  const json = JSON.stringify({ Resources: [{ Type: 'AWS::S3::Bucket' }] });
  for (const [text, format] of [
    [yaml, 'yaml'],
    [json, 'json'],
  ] as const) {
    const { findings, machines } = checkDocument(text, format);
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'ASL109 This is a document with a list of Resources (in a CloudFormation template they are an object), and there is no state machine in it.',
    ]);
    expect(machines).toEqual([]);
  }
  expect(found('Resources:\n')).toEqual(['ASL109   1:1']);
  expect(validate(json).map(({ code }) => code)).toEqual(['ASL006']);
  // Beside States it is a field like any other that does not exist.
  expect(validate(JSON.stringify({ ...mistaken, Resources: [] })).map(({ code }) => code)).toEqual([
    'ASL011',
    'ASL011',
  ]);
});

it('the answer of DescribeStateMachine has its definition checked', () => {
  const text = JSON.stringify({ name: 'orders', type: 'STANDARD', definition: JSON.stringify(mistaken) });
  expect(found(text, 'json')).toEqual(['ASL011 orders /States/A/Foo 1:106']);
});

it('says of a definition the same as validate', () => {
  const text = JSON.stringify(mistaken);
  expect(checkDocument(text, 'json').findings).toEqual(validate(text));
  expect(checkDocument(text, 'json').machines).toBeUndefined();
});

it('any document is survived', () => {
  const piece = fc.constantFrom(
    ...['"', '\\', '\n', '{', '}', '${a}', '${', '%{ if x }', '<<EOF', '"Foo": 1', '"A": ', ',', 'é', '\u2028'],
    ...['"StartAt": "A"', '"States": ', '{"Type": "Pass", "End": true}', ' ', ':', '[', ']'],
  );
  const text = fc.array(piece, { maxLength: 12 }).map((all) => all.join(''));
  const call = fc.oneof(
    text,
    text.map((one) => ({ 'Fn::Sub': one })),
    fc.array(fc.oneof(text, fc.constant({ Ref: 'A' })), { maxLength: 5 }).map((all) => ({ 'Fn::Join': ['', all] })),
    fc.jsonValue(),
  );
  const field = fc.constantFrom('Definition', 'DefinitionString', 'DefinitionUri', 'DefinitionS3Location');
  fc.assert(
    fc.property(call, field, text, (value, name, code) => {
      const template = { Resources: { M: resource({ [name]: value as Json }) } };
      const all = [
        checkDocument(JSON.stringify(template), 'json'),
        checkDocument(stringify(template), 'yaml'),
        checkDocument(code, 'template'),
        checkDocument(`resource "aws_sfn_state_machine" "a" {\ndefinition = ${code}\n}`, 'terraform'),
      ];
      for (const { findings } of all)
        for (const { line, column, message } of findings) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(message).not.toMatch(/undefined|\[object|\uE002/);
        }
    }),
    { numRuns: 200, seed: 7 },
  );
});
