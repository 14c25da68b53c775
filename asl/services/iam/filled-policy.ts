import type { Json, JsonObject } from '../../json/value.ts';
import { fillPlaceholders, fillText, placeholder, placeholderNames } from '../../placeholders/index.ts';
import { aliasIn, COMPLETE_SECRET, PARTIAL_FUNCTION } from './arn-placeholders.ts';
import { type Arn, type Part, partIn, readArn, readPart } from './arns.ts';
import { modelsBehind } from './resources.ts';

export type Values = Readonly<Record<string, string>>;

export interface FilledAs {
  /**
   * What tells the form of a value that is not known yet, by its name: an example of it. An export has the value of dagwright.yaml here and a
   * parameter of its own as the value. Default: the value itself.
   */
  readonly forms?: Values;
  /** A part of an env value. Default: what stands there in its value. */
  readonly partOf?: (name: string, part: Part) => string | undefined;
}

/**
 * A policy with its placeholders filled in. A value that dagwright.yaml gives where a resource takes a name may be that name, an ARN, or
 * whatever else the call takes: what it says already is not said twice.
 *
 *     …:function:${f}               f: score, score:live, 1:function:score, arn:aws:lambda:us-east-1:1:function:score
 *     …:secret:${s}-??????          s: kaggle, arn:…:secret:kaggle-a1B2c3
 *     …:task-definition/${t}:*      t: web, web:3, arn:…:task-definition/web:3
 *     …:parameter/${p}              p: url, /prod/url
 *
 * A placeholder of a part, `${machineArn__name}`, is filled with that part. What cannot be filled stays as it is.
 */
export function fillPolicy<Policy>(policy: Policy, values: Values, { forms = {}, partOf }: FilledAs = {}): Policy {
  const partValue = partOf ?? ((name: string, part: Part) => partIn(values[name] ?? '', part));
  const parts = placeholderNames(JSON.stringify(policy)).flatMap((name): [string, string][] => {
    const { of, part } = readPart(name) ?? {};
    const value = of === undefined || Object.hasOwn(values, name) ? undefined : partValue(of, part!);
    return value === undefined ? [] : [[name, value]];
  });
  const all = { ...values, ...Object.fromEntries(parts) };
  const { Statement, ...rest } = policy as { readonly Statement?: readonly JsonObject[] };
  return {
    ...fillPlaceholders(rest, all),
    ...(Statement && {
      Statement: Statement.map(({ Resource, ...statement }) => ({
        ...fillPlaceholders(statement, all),
        ...(Resource !== undefined && {
          Resource: withModels(
            eachText(Resource, (text) => filledResource(text, all, { forms, partOf: partValue })),
            [Resource].flat().flatMap((template) => modelsOf(`${template}`, all, forms)),
          ),
        }),
      })),
    }),
  } as Policy;
}

function eachText(json: Json, fill: (text: string) => string): Json {
  return Array.isArray(json)
    ? json.map((item: Json) => (typeof item === 'string' ? fill(item) : item))
    : fill(`${json}`);
}

function withModels(resources: Json, models: readonly string[]): Json {
  return models.length === 0 ? resources : [...new Set([resources, models].flat(2))];
}

/** What lies behind a profile of Bedrock that a value names. Of a value that is not known yet it is any model. */
function modelsOf(template: string, values: Values, forms: Values): string[] {
  const [, name = ''] = /^arn:[^:]*:bedrock:.*:(?:application-)?inference-profile\/\$\{(\w+)\}$/.exec(template) ?? [];
  const form = forms[name] ?? values[name];
  if (form === undefined) return [];
  const isKnown = form === (values[name] ?? form);
  return modelsBehind(form).map((arn) => fillText(isKnown ? arn : arn.replace(/[^/]*$/, '*'), values));
}

/** @example filledResource('arn:aws:lambda:us-east-1:1:function:${f}', { f: '2:function:score' }, …) // …:us-east-1:2:function:score */
function filledResource(template: string, values: Values, { forms, partOf }: Required<FilledAs>): string {
  const fitted = placeholderNames(template).reduce((text, name) => {
    const form = forms[name] ?? values[name];
    if (form === undefined) return text;
    return fittedTo(text, name, form, form === (values[name] ?? form) ? undefined : (part) => partOf(name, part));
  }, template);
  return fillText(fitted, values);
}

/**
 * A resource in which what the value says is left out before and behind its placeholder.
 * @param partOf a part of the value, where that is not known yet
 */
function fittedTo(text: string, name: string, form: string, partOf: PartOf | undefined): string {
  const mark = placeholder(name);
  const at = text.indexOf(mark);
  const template = readArn(text.slice(0, at + mark.length));
  // What comes before the resource's name is no place for more than a word.
  if (template === undefined || !template.resource.includes(mark)) return text;
  const before = template.resource.slice(0, -mark.length);
  const behind = behindOf(text.slice(at + mark.length), template.service, form);
  const arn = readArn(form);
  if (arn !== undefined && arn.service === template.service) {
    if (arn.resource.startsWith(before)) return `${mark}${behind}`;
    return aliasIn(form) === undefined ? `${placeOf(arn, partOf)}:${before}${nameOf(arn, partOf)}${behind}` : text;
  }
  const start = text.slice(0, at);
  if (template.service === 'lambda' && PARTIAL_FUNCTION.test(form))
    return `arn:${template.partition}:lambda:${template.region}:${mark}${behind}`;
  return `${form.startsWith('/') && start.endsWith('/') ? start.slice(0, -1) : start}${mark}${behind}`;
}

/** A revision, and what a secret's ARN ends with, may stand in the value. */
function behindOf(behind: string, service: string, form: string): string {
  if (service === 'secretsmanager') return form.startsWith('arn:') && COMPLETE_SECRET.test(form) ? '' : behind;
  if (behind === ':*' && (service === 'ecs' || service === 'batch') && /:\d+$/.test(form)) return '';
  return behind;
}

type PartOf = (part: Part) => string | undefined;

/** Of a resource of another type: the cluster of a task. What cannot be said of a value that is not known yet is any. */
function placeOf({ partition, service, region, account }: Arn, partOf: PartOf | undefined): string {
  if (partOf === undefined) return `arn:${partition}:${service}:${region}:${account}`;
  return `arn:\${partition}:${service}:${partOf('region') ?? '*'}:${partOf('account') ?? '*'}`;
}

function nameOf({ resource }: Arn, partOf: PartOf | undefined): string {
  const [, separator, name = ''] = /^[^/:]*([/:])(.*)$/.exec(resource) ?? [];
  if (partOf === undefined) return name;
  // A name of several parts is no part of its own.
  return (/[/:]/.test(name) ? undefined : partOf(separator === '/' ? 'path' : 'name')) ?? '*';
}
