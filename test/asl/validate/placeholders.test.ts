import { describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import type { Json, JsonObject } from '../../../asl/json/value.ts';
import { validate } from '../../../asl/validate/validate.ts';
import { validateYaml } from '../../../asl/validate/yaml/validate.ts';
import { ALL } from '../../sized.ts';
import { MACHINES } from './machines.ts';

/** How tools write what they fill in, as a text or a part of one. */
const TEXTS = [
  '${Name}',
  '${Function.Arn}',
  '${AWS::Region}',
  '${Token[TOKEN.12]}',
  '${var.name}',
  '${lookup(var.names, "a")}',
  '${self:custom.name}',
  "${opt:stage, 'dev'}",
  '${file(${opt:stage}.yml):name}',
  '#{AWS::AccountId}',
  '{{ name }}',
  '<%= name %>',
  '%{ if var.x }a%{ else }b%{ endif }',
];
/** CloudFormation's functions, as SAM's `Definition` and CDK's templates have them. */
const CALLS: readonly JsonObject[] = [
  { Ref: 'Name' },
  { 'Fn::GetAtt': ['Function', 'Arn'] },
  { 'Fn::Sub': 'a-${Name}' },
  { 'Fn::Sub': ['${a}', { a: { Ref: 'Name' } }] },
  { 'Fn::Join': ['', ['a', { Ref: 'AWS::Partition' }, { 'Fn::GetAtt': ['F', 'Arn'] }]] },
  { 'Fn::If': ['Production', 1, 2] },
  { 'Fn::ImportValue': { 'Fn::Sub': '${Stack}-name' } },
];
const TAGS = ['!Ref Name', '!GetAtt Function.Arn', '!Sub "a-${Name}"', '!If [Production, 1, 2]', '${Name}', '${var.n}'];

type Place = readonly string[];

function placesOf(root: Json): Place[] {
  const all: Place[] = [];
  const walk = (value: Json, place: Place): void => {
    if (place.length > 0) all.push(place);
    if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) walk(member as Json, [...place, key]);
  };
  walk(root, []);
  return all;
}

const at = (root: Json, place: Place): Json =>
  place.reduce<Json>((here, key) => (here as { [key: string]: Json })[key]!, root);

function put(root: Json, place: Place, value: Json): Json {
  const copy = structuredClone(root) as Json;
  (at(copy, place.slice(0, -1)) as { [key: string]: Json })[place.at(-1)!] = value;
  return copy;
}

function rename(root: Json, place: Place, name: string): Json {
  const holder = at(root, place.slice(0, -1)) as JsonObject;
  const renamed = Object.fromEntries(
    Object.entries(holder).map(([key, value]) => [key === place.at(-1) ? name : key, value]),
  );
  return place.length === 1 ? renamed : put(root, place.slice(0, -1), renamed);
}

/** Everything that is said, but for what is true of any Resource that is filled in. */
const said = (findings: ReturnType<typeof validate>): string[] =>
  findings.filter(({ code }) => code !== 'ASL088').map(({ code, path, message }) => `${code} ${path} ${message}`);
const json = (value: Json): string[] => said(validate(JSON.stringify(value)));

/** A text is filled in between the quotes of an expression, in a name, an operand, a text; else as a whole or a part. */
function texts(text: string, placeholder: string): string[] {
  if (!text.startsWith('{%')) {
    const middle = Math.ceil(text.length / 2);
    const parts = [placeholder, `${text.slice(0, middle)}${placeholder}${text.slice(middle)}`];
    return /^[\w-]+$/.test(text) ? [...parts, `${placeholder}${text}`, `${text}${placeholder}`] : parts;
  }
  return [
    placeholder,
    `{% ${placeholder} %}`,
    ...[...text.matchAll(/\d+|'[^']*'|(?<=\.)\w+|\$states\.input(?!\.)/g)].map(
      ({ 0: part, index }) =>
        text.slice(0, index) +
        (part.startsWith("'") ? `'a ${placeholder} b'` : placeholder) +
        text.slice(index + part.length),
    ),
  ];
}

/**
 * By default each place has one form of one kind, in turn. At the whole size the first place of each field's name has
 * every form, and each further one a third of them, in turn: how a form is spelt is read by one grammar, whatever the place.
 */
function some<T>(forms: readonly T[], { turn, isFirst }: Turn, kind: number): readonly T[] {
  if (ALL) return isFirst ? forms : forms.filter((_, i) => (i + turn) % 3 === 0);
  return turn % 4 === kind ? [forms[(turn >> 2) % forms.length]!] : [];
}

interface Turn {
  readonly turn: number;
  /** No place before has a field of its name. */
  readonly isFirst: boolean;
}

function turnsOf(places: readonly Place[]): [Turn, Place][] {
  const seen = new Set<string>();
  return places.map((place, turn) => {
    const name = place.at(-1)!;
    const isFirst = !seen.has(name);
    seen.add(name);
    return [{ turn, isFirst }, place];
  });
}

/** Where a number may stand, a text in quotes is none. */
const isNumber = (place: Place): boolean => /Seconds$|^Max|^Tolerated/.test(place.at(-1)!);

describe.each(Object.entries(MACHINES))('what is filled in later, in a machine with %s', (_, machine) => {
  const places = placesOf(machine);

  it('says nothing without it', () => {
    expect(json(machine)).toEqual([]);
  });

  it('is taken in the place of any text', () => {
    for (const [turn, place] of turnsOf(places)) {
      const value = at(machine, place);
      if (typeof value !== 'string') continue;
      for (const placeholder of some(TEXTS, turn, 0))
        for (const text of texts(value, placeholder))
          if (!isNumber(place) || text.startsWith('{%'))
            expect({ place: place.join('/'), text, said: json(put(machine, place, text)) }).toEqual({
              place: place.join('/'),
              text,
              said: [],
            });
    }
  });

  it('is taken in the place of any value, as a function of CloudFormation', () => {
    for (const [turn, place] of turnsOf(places))
      for (const call of some(CALLS, turn, 1))
        expect({ place: place.join('/'), call, said: json(put(machine, place, call)) }).toEqual({
          place: place.join('/'),
          call,
          said: [],
        });
  });

  it('is taken in the place of any value of YAML', () => {
    for (const [turn, place] of turnsOf(places))
      for (const tag of some(TAGS, turn, 2)) {
        const text = stringify(put(machine, place, 'THE-TAG')).replace('THE-TAG', tag);
        expect({ place: place.join('/'), tag, said: said(validateYaml(text)) }).toEqual({
          place: place.join('/'),
          tag,
          said: [],
        });
      }
  });

  it('is taken in the place of any key', () => {
    for (const [turn, place] of turnsOf(places)) {
      if (/^\d+$/.test(place.at(-1)!)) continue;
      for (const key of some(['${Name}', '#{Name}', 'Fn::ForEach::Loop'], turn, 3))
        expect({ place: place.join('/'), key, said: json(rename(machine, place, key)) }).toEqual({
          place: place.join('/'),
          key,
          said: [],
        });
    }
  });

  it('is a text where it stands in quotes, and no number', () => {
    for (const place of places) {
      const value = at(machine, place);
      if (typeof value !== 'number' || /Parameters|Arguments|Result|Output|Assign|Payload/.test(place.join())) continue;
      const found = json(put(machine, place, '${Number}'));
      expect({ place: place.join('/'), found }).toEqual({
        place: place.join('/'),
        found: [expect.stringMatching(/^ASL0(12|36) /)],
      });
    }
  });

  it('hides no mistake elsewhere', () => {
    const pointless = put(machine, ['States', 'Nobody'], { Type: 'Pass', Next: 'Nowhere', Foo: 1 });
    const codes = json(pointless).map((one) => one.slice(0, 6));
    expect(codes).toEqual(expect.arrayContaining(['ASL011', 'ASL020', 'ASL021']));
    for (const place of places) {
      if (typeof at(machine, place) !== 'string') continue;
      const left = json(put(pointless, place, '${Name}')).map((one) => one.slice(0, 6));
      // Where a way leads anywhere, everything may be reached.
      const ways = /^(Next|Default|StartAt|Type)$/.test(place.at(-1)!);
      expect({ place: place.join('/'), left }).toEqual({
        place: place.join('/'),
        left: expect.arrayContaining(['ASL011', 'ASL020', ...(ways ? [] : ['ASL021'])]),
      });
    }
  });
});
