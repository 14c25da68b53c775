import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { createColors } from 'picocolors';
import { awsDiagnostic } from '../../asl/validate/aws-diagnostic.ts';
import { RULES } from '../../asl/validate/check.ts';
import { checkDocument } from '../../asl/validate/embedded/document.ts';
import { type Finding, validate } from '../../asl/validate/validate.ts';
import { findingsText } from '../../cli/diagnostics-text.ts';

const page = readFileSync(new URL('../../docs/validate.md', import.meta.url), 'utf8');

it('docs/validate.md names every rule by its purpose, in their order', () => {
  const named = [...page.matchAll(/^- (.*)$/gm)].map(([, line]) => line!);
  const purposes = RULES.map(({ purpose }) => purpose);
  expect(named.filter((line) => purposes.includes(line))).toEqual(purposes);
});

it('docs/validate.md shows what the command says', () => {
  const text = [
    '{',
    '  "StartAt": "paid",',
    '  "States": {',
    '    "paid": { "Type": "Choice", "Choices": [{ "Variable": "$.paid", "BooleanEquals": false, "Next": "charge" }], "Default": "ship" },',
    '    "charge": { "Type": "Pass", "Next": "shp" },',
    '    "ship": { "Type": "Succeed" }',
    '  }',
    '}',
  ].join('\n');
  const findings = validate(text);
  const [shown] = JSON.parse(/```json\n(.*?)\n```/s.exec(page)![1]!);
  const [finding] = findings as [Finding];
  const { code, severity, path, line, column, message } = finding;
  const aws = awsDiagnostic(finding, text);
  expect(shown.diagnostics).toEqual([{ code, severity, path, line, column, message, aws }]);
  expect(page).toContain(findingsText([{ file: shown.file, text, findings }], createColors(false)));
});

it('docs/validate.md shows what the command says of a template', () => {
  const text = [
    'Resources:',
    '  Orders:',
    '    Type: AWS::Serverless::StateMachine',
    '    Properties:',
    '      DefinitionUri: machines/orders.asl.json',
    '',
    '  Refunds:',
    '    Type: AWS::Serverless::StateMachine',
    '    Properties:',
    '      Type: EXPRESS',
    '      Policies: []',
    '      Events: {}',
    '      Definition:',
    '        StartAt: Pay',
    '        States:',
    '          Pay: { Type: Pass, Next: Done }',
  ].join('\n');
  const { findings, machines, files } = checkDocument(text, 'yaml');
  expect(files.map(({ file }) => file)).toEqual(['machines/orders.asl.json']);
  expect(page).toContain(
    findingsText([{ file: 'template.yaml', text, machines: machines!, findings }], createColors(false)),
  );
});
