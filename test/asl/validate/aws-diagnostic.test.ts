import { expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { awsDiagnostic } from '../../../asl/validate/aws-diagnostic.ts';
import { validate } from '../../../asl/validate/validate.ts';

const saidOf = (text: string): string[] =>
  validate(text).map((finding) => {
    const { code, location } = awsDiagnostic(finding, text);
    return `${code} ${location ?? 'nowhere'}`;
  });
const said = (machine: JsonObject): string[] => saidOf(JSON.stringify(machine));
const output = (Output: Json): JsonObject => ({
  QueryLanguage: 'JSONata',
  StartAt: 'A',
  States: { A: { Type: 'Pass', Output, End: true } },
});

it('faults of JSONata have the codes of AWS', () => {
  expect(said(output({ v: '{% phone %}' }))).toEqual(['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output/v']);
  expect(said(output('{% $$ %}'))).toEqual(['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output']);
  expect(said(output('{% $states.inputs %}'))).toEqual(['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output']);
  expect(said(output('{% $states.errorOutput %}'))).toEqual(['UNSUPPORTED_JSONATA_EXPRESSION /States/A/Output']);
  expect(said(output({ v: '{% rows[1,2) %}' }))).toEqual(['INVALID_JSONATA_EXPRESSION /States/A/Output/v']);
  expect(said(output('{% $states.input.a ?? 1 %}'))).toEqual(['INVALID_JSONATA_EXPRESSION /States/A/Output']);
  expect(said(output(['{% 1 + %}']))).toEqual(['INVALID_JSONATA_EXPRESSION /States/A/Output[0]']);
});

it('places are those of AWS', () => {
  expect(said({ States: { A: { Type: 'Pass', End: true } } })).toEqual(['SCHEMA_VALIDATION_FAILED /']);
  expect(said({ StartAt: 'A', States: { A: { Type: 'Pass', End: true, Foo: 1 } } })).toEqual([
    'SCHEMA_VALIDATION_FAILED /States/A',
  ]);
  const choice = { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'Z' }], Default: '0' };
  expect(said({ StartAt: 'A', States: { A: choice, 0: { Type: 'Succeed', Foo: 1 } } })).toEqual([
    'SCHEMA_VALIDATION_FAILED /States/0',
    'MISSING_TRANSITION_TARGET /States/A/Choices[0]/Next',
  ]);
  expect(said({ StartAt: 'A', States: { A: { Type: 'Pass', Parameters: { 'a.$': 'x' }, End: true } } })).toEqual([
    'SCHEMA_VALIDATION_FAILED /States/A/Parameters',
  ]);
  expect(said({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } })).toEqual(['MISSING_END_STATE nowhere']);
});

it('a blank text is no object, and what is no JSON no JSON', () => {
  for (const text of ['', ' \n', '[]', '"text"', 'null']) expect(saidOf(text)).toEqual(['SCHEMA_VALIDATION_FAILED /']);
  expect(saidOf('not a definition')).toEqual(['INVALID_JSON_DESCRIPTION nowhere']);
});

it('what is sent to AWS has no placeholders: what looks like one is read as it stands', () => {
  const codes = (definition: JsonObject) =>
    validate(JSON.stringify(definition), { filledIn: true }).map(({ code, path }) => `${code} ${path}`);
  const state = (more: JsonObject) => ({ StartAt: 'A', States: { A: { Type: 'Pass', End: true, ...more } } });
  expect(codes(state({ Comment: '${x} {{ y }}', Result: { Ref: 'a', '${k}': '#{b}' } }))).toEqual([]);
  expect(codes(state({ InputPath: '${path}' }))).toEqual(['ASL048 /States/A/InputPath']);
  expect(codes(state({ InputPath: { Ref: 'Path' } }))).toEqual(['ASL012 /States/A/InputPath']);
  expect(codes(state({ Type: 'Task', Resource: '${Function.Arn}' }))).toEqual(['ASL070 /States/A/Resource']);
  expect(codes(output('{% ${On} = true %}'))).toEqual(['ASL041 /States/A/Output']);
  expect(codes(output('{% $states.input.rows.${"a": b} %}'))).toEqual([]);
});
