import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { checkDocument, type Document } from '../../../asl/validate/embedded/document.ts';
import { JSONATA } from './samples/jsonata.ts';
import { JSONPATH } from './samples/jsonpath.ts';

const said = ({ findings }: Document): string[] =>
  findings.filter(({ code }) => code !== 'ASL088').map(({ code, path, message }) => `${code} ${path} ${message}`);

const PLACEHOLDER = /\$\{[\w.:]+\}/g;

/** `a${B}c` as a call of CloudFormation's. */
function asCall(text: string): Json {
  const only = /^\$\{(\w+)(?:\.(\w+))?\}$/.exec(text);
  if (only === null) return { 'Fn::Sub': text };
  return only[2] === undefined ? { Ref: only[1]! } : { 'Fn::GetAtt': [only[1]!, only[2]] };
}

function mapTexts(value: Json, change: (text: string) => Json): Json {
  if (typeof value === 'string') return value.includes('${') ? change(value) : value;
  if (Array.isArray(value)) return value.map((item: Json) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapTexts(member as Json, change)]));
}

const renamed = (machine: JsonObject, change: (placeholder: string, i: number) => string): JsonObject =>
  mapTexts(machine, (text) => text.replace(PLACEHOLDER, change)) as JsonObject;

const template = (properties: Json, type = 'AWS::StepFunctions::StateMachine') => ({
  Resources: { Machine: { Type: type, Properties: properties } },
});

/** A definition as CDK writes it: one line, in pieces, parted at the tokens. */
function asCdk(machine: JsonObject): Json {
  const pieces = JSON.stringify(machine).split(/(\$\{[\w.:]+\})/);
  return { 'Fn::Join': ['', pieces.map((piece, i) => (i % 2 === 0 ? piece : asCall(piece)))] };
}

const json = (value: Json) => JSON.stringify(value, undefined, 2);
/** Quoted where YAML 1.1 would take a text for something else. */
const yaml = (value: Json) => stringify(value, { compat: 'yaml-1.1' });
const FORMS: { readonly [form: string]: (machine: JsonObject) => Document } = {
  'a definition for DefinitionUri': (machine) => checkDocument(json(machine), 'json'),
  'a definition in YAML': (machine) => checkDocument(yaml(machine), 'yaml'),
  "SAM's Definition with functions": (machine) =>
    checkDocument(yaml(template({ Definition: mapTexts(machine, asCall) }, 'AWS::Serverless::StateMachine')), 'yaml'),
  "CloudFormation's DefinitionString with !Sub": (machine) =>
    checkDocument(yaml(template({ DefinitionString: { 'Fn::Sub': json(machine) } })), 'yaml'),
  "CDK's template": (machine) => checkDocument(json(template({ DefinitionString: asCdk(machine) })), 'json'),
  "CDK's tokens": (machine) => checkDocument(json(renamed(machine, (_, i) => `\${Token[TOKEN.${i}]}`)), 'json'),
  'serverless.yml': (machine) => {
    const definition = renamed(machine, (text) => text.replace('${', '${self:custom.'));
    return checkDocument(yaml({ service: 's', stepFunctions: { stateMachines: { m: { definition } } } }), 'yaml');
  },
  "Terraform's heredoc": (machine) => {
    const text = json(machine).replace(PLACEHOLDER, '${aws_lambda_function.f["a"].arn}');
    return checkDocument(
      `resource "aws_sfn_state_machine" "m" {\n  definition = <<EOF\n${text}\nEOF\n}\n`,
      'terraform',
    );
  },
  "Terraform's template": (machine) =>
    checkDocument(json(machine).replace(PLACEHOLDER, '${lookup(all, "a")}'), 'template'),
};

describe.each(Object.entries({ ...JSONPATH, ...JSONATA }))('%s', (_, machine) => {
  it.each(Object.keys(FORMS))('has no mistake, written as %s', (form) => {
    expect(said(FORMS[form]!(machine))).toEqual([]);
  });

  it('has a mistake told in every form', () => {
    const [name, state] = Object.entries(machine.States as JsonObject)[0]!;
    const wrong = {
      ...machine,
      States: { ...(machine.States as JsonObject), [name]: { ...(state as JsonObject), Foo: 1 } },
    };
    for (const form of Object.keys(FORMS))
      expect({ form, said: said(FORMS[form]!(wrong)) }).toEqual({
        form,
        said: [expect.stringMatching(/^ASL011 .*\/Foo /)],
      });
  });
});
