import type { Json } from '../../../asl/json/value.ts';
import { placeholderNames } from '../../../asl/placeholders/index.ts';
import { PARTS, readPart } from '../../../asl/services/iam/index.ts';
import type { Resource } from '../../resource.ts';
import { type Exported, functionOf, PLACE, wordsIn, wordsOf } from '../exported.ts';
import { type Block, block, hcl, literal, type Raw, raw, type Value } from './hcl.ts';
import { resourceBlocks } from './resources.ts';

/** What printing a resource needs to know of the others. */
export interface Module {
  readonly exported: Exported;
  /** A text with its symbols as an expression; the ARN of something that the module makes refers to it. */
  value(text: string): Value;
  json(json: Json): Value;
  /** The name of a resource within the module. */
  label(resource: Resource): string;
}

/**
 * A Terraform module: what deploy would make, for teams whose rule is their own infrastructure code.
 *
 *     symbols ─▶ var.<name> and data sources ─▶ a block or two for each resource ─▶ versions.tf variables.tf main.tf outputs.tf
 */
export function terraformFiles(exported: Exported): Map<string, string> {
  const { desired, files, inputs } = exported;
  const module = moduleOf(exported);
  const main = [
    ...PLACE_DATA.map(({ source }) => block('data', [source, 'current'], [])),
    block(
      'locals',
      [],
      [
        ['values', valuesOf(module)],
        ['assets', assetsOf(exported)],
      ],
    ),
    ...assetBlocks(exported),
    ...desired.resources.flatMap((resource) => resourceBlocks(resource, module)),
  ];
  return new Map([
    ['versions.tf', hcl([VERSIONS])],
    ['variables.tf', hcl([...inputs.map((input) => variable(input)), ...fixedVariables(exported)])],
    ['main.tf', hcl(main)],
    ['outputs.tf', hcl(outputs(exported, module))],
    ...[...files].map(([path, text]) => [path, asTemplate(text)] as const),
  ]);
}

const VERSIONS = block(
  'terraform',
  [],
  [
    ['required_version', '>= 1.5'],
    { type: 'required_providers', labels: [], body: [['aws', { source: 'hashicorp/aws', version: '>= 6.0' }]] },
  ],
);

const PLACE_DATA = [
  { source: 'aws_partition', attribute: 'partition' },
  { source: 'aws_region', attribute: 'region' },
  { source: 'aws_caller_identity', attribute: 'account_id' },
] as const;

/** templatefile has directives besides: `%{`. */
function asTemplate(text: string): string {
  return text.replaceAll('%{', '%%{');
}

function variable({ name, description, rule, pattern, ...rest }: Exported['inputs'][number]): Block {
  const label = variableName(name);
  return block(
    'variable',
    [label],
    [
      ['description', description],
      ['type', raw('string')],
      ...(rest.default === undefined ? [] : [['default', rest.default] as const]),
      block(
        'validation',
        [],
        [
          ['condition', raw(`can(regex("${literal(pattern)}", var.${label}))`)],
          ['error_message', `The value of ${label} must be ${rule}.`],
        ],
      ),
    ],
  );
}

function fixedVariables({ tags, desired }: Exported): Block[] {
  const schedule = desired.resources.find(({ kind }) => kind === 'schedule');
  return [
    ...(schedule === undefined
      ? []
      : [
          block(
            'variable',
            ['schedule_state'],
            [
              ['description', 'Whether the schedule starts runs: ENABLED or DISABLED'],
              ['type', raw('string')],
              ['default', schedule.properties.state as string],
              block(
                'validation',
                [],
                [
                  ['condition', raw('contains(["ENABLED", "DISABLED"], var.schedule_state)')],
                  ['error_message', 'The value of schedule_state must be ENABLED or DISABLED.'],
                ],
              ),
            ],
          ),
        ]),
    block(
      'variable',
      ['tags'],
      [
        ['description', 'Tags on everything that takes tags'],
        ['type', raw('map(string)')],
        ['default', { ...tags }],
      ],
    ),
  ];
}

function outputs({ desired, dag }: Exported, { value }: Module): Block[] {
  return [
    block(
      'output',
      ['state_machine_arn'],
      [
        ['description', `The machine of ${dag}`],
        ['value', value(desired.names.machineArn)],
      ],
    ),
    block(
      'output',
      ['alias_arn'],
      [
        ['description', 'What runs are started on: `aws stepfunctions start-execution --state-machine-arn`'],
        ['value', value(desired.names.aliasArn)],
      ],
    ),
  ];
}

/** What the placeholders of the machines and policies stand for: those that occur in one. */
function valuesOf({ exported, value }: Module): Value {
  const { desired, symbols, files } = exported;
  const used = [...new Set([...files.values()].flatMap(placeholderNames))].sort();
  return Object.fromEntries(used.map((name) => [name, value(desired.values[name] ?? symbols.of(name))]));
}

function assetsOf({ desired }: Exported): Value {
  return desired.assets.map(({ key }) => key);
}

function assetBlocks({ desired, symbols }: Exported): Block[] {
  if (desired.assets.length === 0) return [];
  return [
    block(
      'resource',
      ['aws_s3_object', 'asset'],
      [
        ['for_each', raw('toset(local.assets)')],
        ['bucket', raw(`var.${variableName('artifacts')}`)],
        ['key', raw(`"${literal(symbols.placeholders(desired.names.assetsPrefix))}\${each.value}"`)],
        ['source', raw('"${path.module}/assets/${each.value}"')],
        ['source_hash', raw('filesha256("${path.module}/assets/${each.value}")')],
        ['tags', raw('var.tags')],
      ],
    ),
  ];
}

function moduleOf(exported: Exported): Module {
  const { desired, symbols } = exported;
  const label = (resource: Resource) => wordsOf(resource, desired).join('_');
  const made = new Map(
    desired.resources.flatMap((resource): [string, Raw][] => {
      if (resource.kind === 'function-alias')
        return [[resource.arn, raw(`aws_lambda_function.${label(functionOf(resource, exported))}.qualified_arn`)]];
      const type = ARN_OF[resource.kind];
      return type === undefined ? [] : [[resource.arn, raw(`${type}.${label(resource)}.arn`)]];
    }),
  );
  const reference = (symbol: string): string => {
    const { of, part } = readPart(symbol) ?? {};
    if (of !== undefined) return `split("${PARTS[part!].between}", ${reference(of)})[${PARTS[part!].at}]`;
    const place = PLACE.indexOf(symbol as (typeof PLACE)[number]);
    const data = PLACE_DATA[place];
    return data === undefined ? `var.${variableName(symbol)}` : `data.${data.source}.current.${data.attribute}`;
  };
  const value = (text: string): Value => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const pieces = symbols.piecesOf(text);
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined && 'symbol' in only) return raw(reference(only.symbol));
    return raw(
      `"${pieces.map((piece) => ('text' in piece ? literal(piece.text) : `\${${reference(piece.symbol)}}`)).join('')}"`,
    );
  };
  const json = (one: Json): Value => {
    if (typeof one === 'string') return value(one);
    if (Array.isArray(one)) return one.map(json);
    if (typeof one !== 'object' || one === null) return one ?? raw('null');
    return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, json(item as Json)]));
  };
  return { exported, value, json, label };
}

const ARN_OF: { readonly [kind: string]: string } = {
  role: 'aws_iam_role',
  machine: 'aws_sfn_state_machine',
  alias: 'aws_sfn_alias',
};

export function variableName(name: string): string {
  return wordsIn(name).join('_');
}
