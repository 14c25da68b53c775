import { parse as parseYaml, type Tags } from 'yaml';
import { folderWith, writeFiles } from '../local/support.ts';
import { onPath, run } from './export-support.ts';

/** A role as whoever applies an export makes it. */
export interface ExportedRole {
  readonly trust: PolicyText;
  readonly policy?: PolicyText;
  readonly managed: readonly string[];
}
export interface PolicyText {
  readonly Version: string;
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string | readonly string[];
    readonly Resource?: string | readonly string[];
    readonly Principal?: { readonly Service: string | readonly string[] };
    readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
  }[];
}

/** Where an export is applied, and with which parameters, by their names in the DAG's env, or `artifacts`. */
export interface Applied {
  readonly place: { readonly partition: string; readonly region: string; readonly account: string };
  readonly given: { readonly [name: string]: string };
}

type Made = { readonly [name: string]: ExportedRole };

/** The roles of a SAM template, as CloudFormation makes them of its functions. */
export function rolesOfSam(files: ReadonlyMap<string, string>, { place, given }: Applied): Made {
  const template = parseYaml(files.get('template.yaml')!, { version: '1.1', customTags }) as {
    Parameters?: { [name: string]: { Default?: string; AllowedPattern?: string } };
    Resources: { [id: string]: { Type: string; Properties: { [name: string]: unknown } } };
  };
  const parameters = Object.fromEntries(
    Object.entries(template.Parameters ?? {}).map(([name, { Default, AllowedPattern }]) => {
      const value = byWords(given, name) ?? Default ?? '';
      if (AllowedPattern !== undefined && !new RegExp(AllowedPattern).test(value))
        throw new Error(`${name} does not take ${value}: ${AllowedPattern}`);
      return [name, value];
    }),
  );
  const values: { [name: string]: string } = {
    ...parameters,
    'AWS::Partition': place.partition,
    'AWS::Region': place.region,
    'AWS::AccountId': place.account,
  };
  const { Resources } = template;
  const arnOf = (id: string) => {
    const { Type, Properties } = Resources[id]!;
    return Type === 'AWS::IAM::Role'
      ? `arn:${place.partition}:iam::${place.account}:role/${evaluate(Properties.RoleName)}`
      : `arn:${place.partition}:states:${place.region}:${place.account}:stateMachine:${evaluate(Properties.Name)}`;
  };
  const evaluate = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(evaluate);
    if (typeof value !== 'object' || value === null) return value;
    const { call, argument } = value as { call?: string; argument?: unknown };
    if (call === undefined) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, evaluate(one)]));
    const args = evaluate(argument);
    if (call === 'Ref') return values[args as string] ?? arnOf(args as string);
    if (call === 'GetAtt') return arnOf((args as string).split('.')[0]!);
    if (call === 'Split') return (args as string[])[1]!.split((args as string[])[0]!);
    if (call === 'Select') return (args as [number, string[]])[1][Number((args as unknown[])[0])];
    const [text, own] = Array.isArray(args) ? (args as [string, { [name: string]: string }]) : [args as string, {}];
    return text.replace(/\$\{(!?)([^}]*)\}/g, (whole, literal: string, name: string) =>
      literal ? whole.replace('!', '') : (own[name] ?? values[name] ?? arnOf(name)),
    );
  };
  return Object.fromEntries(
    Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::IAM::Role')
      .map(({ Properties }) => {
        const role = evaluate(Properties) as {
          RoleName: string;
          AssumeRolePolicyDocument: PolicyText;
          Policies?: { PolicyDocument: PolicyText }[];
          ManagedPolicyArns?: string[];
        };
        const policy = role.Policies?.[0]?.PolicyDocument;
        return [
          role.RoleName,
          { trust: role.AssumeRolePolicyDocument, ...(policy && { policy }), managed: role.ManagedPolicyArns ?? [] },
        ];
      }),
  );
}

const customTags: Tags = ['Ref', 'GetAtt', 'Sub', 'Select', 'Split'].flatMap((call) => [
  { tag: `!${call}`, resolve: (text: string) => ({ call, argument: text }) },
  {
    tag: `!${call}`,
    collection: 'seq' as const,
    resolve: (list: unknown) => ({ call, argument: (list as { toJSON(): unknown }).toJSON() }),
  },
]);

export const terraform: string | undefined = onPath('terraform');

/** The roles of a Terraform module, as Terraform itself evaluates its expressions; the provider's data stand in as text. */
export async function rolesOfTerraform(files: ReadonlyMap<string, string>, { place, given }: Applied): Promise<Made> {
  const main = files.get('main.tf')!;
  const known = {
    'data.aws_caller_identity.current.account_id': place.account,
    'data.aws_partition.current.partition': place.partition,
    'data.aws_region.current.region': place.region,
  };
  const names = new Map(
    [...main.matchAll(/^resource "aws_iam_role" "(\w+)" \{\n {2}name +=\s"([^"]*)"/gm)].map(([, label, name]) => [
      label!,
      name!,
    ]),
  );
  const machines = [...main.matchAll(/^resource "aws_sfn_state_machine" "(\w+)" \{\n {2}name +=\s"([^"]*)"/gm)];
  const local = (text: string) => {
    let filled = Object.entries(known).reduce((all, [from, to]) => all.replaceAll(from, `"${to}"`), text);
    for (const [label, name] of names)
      filled = filled.replaceAll(
        `aws_iam_role.${label}.arn`,
        `"arn:${place.partition}:iam::${place.account}:role/${name}"`,
      );
    for (const [, label, name] of machines)
      filled = filled.replaceAll(
        `aws_sfn_state_machine.${label}.arn`,
        `"arn:${place.partition}:states:${place.region}:${place.account}:stateMachine:${name}"`,
      );
    return filled;
  };
  const blocks = (type: string) =>
    new Map(
      [...main.matchAll(new RegExp(`^resource "${type}" "(\\w+)" \\{\\n([\\s\\S]*?)^\\}`, 'gm'))].map(
        ([, label, body]) => [label!, body!],
      ),
    );
  const roles = blocks('aws_iam_role');
  const trusts = [...roles].map(
    ([label, body]) => `    ${label} = ${/assume_role_policy += (jsonencode\([\s\S]*?\n {2}\}\))/.exec(body)![1]}`,
  );
  const policies = [...blocks('aws_iam_role_policy')].map(
    ([label, body]) => `    ${label} = ${/policy += (templatefile\(.*\))/.exec(body)![1]}`,
  );
  const managed = [...blocks('aws_iam_role_policy_attachment')].map(([label, body]) => ({
    role: /aws_iam_role\.(\w+)\.name/.exec(body)![1]!,
    label,
    arn: /policy_arn += (.*)/.exec(body)![1]!,
  }));
  const scratch = await folderWith({});
  const variables = files.get('variables.tf')!;
  await writeFiles(scratch, {
    ...Object.fromEntries([...files].filter(([path]) => path.startsWith('policies/'))),
    'variables.tf': variables,
    'main.tf': local(
      `locals {\n${/^ {2}values = (?:\{\}|\{[\s\S]*?^ {2}\})/m.exec(main)![0]}\n  trusts = {\n${trusts.join('\n')}\n  }\n  policies = {\n${policies.join('\n')}\n  }\n  managed = {\n${managed.map(({ label, arn }) => `    ${label} = ${arn}`).join('\n')}\n  }\n}\n`,
    ),
    'terraform.tfvars.json': JSON.stringify(
      Object.fromEntries(
        [...variables.matchAll(/^variable "(\w+)"/gm)].flatMap(([, name]) => {
          const value = byWords(given, name!);
          return value === undefined ? [] : [[name!, value]];
        }),
      ),
    ),
  });
  const call =
    'base64encode(jsonencode({ trusts = local.trusts, policies = local.policies, managed = local.managed }))\n';
  const { output } = await run(terraform!, ['console', '-no-color'], scratch, call);
  const text = /"([A-Za-z0-9+/=]+)"/.exec(output)?.[1];
  if (text === undefined) throw new Error(output);
  const all = JSON.parse(Buffer.from(text, 'base64').toString()) as {
    readonly [what in 'trusts' | 'policies' | 'managed']: { readonly [label: string]: string };
  };
  return Object.fromEntries(
    [...names].map(([label, name]) => [
      name,
      {
        trust: JSON.parse(all.trusts[label]!) as PolicyText,
        ...(all.policies[label] !== undefined && { policy: JSON.parse(all.policies[label]) as PolicyText }),
        managed: managed.filter(({ role }) => role === label).map((one) => all.managed[one.label]!),
      },
    ]),
  );
}

/** Tools write a name in their own way: `data_lake`, `DataLake`. */
function byWords(given: Applied['given'], name: string): string | undefined {
  const plain = (text: string) => text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return Object.entries(given).find(([one]) => plain(one) === plain(name))?.[1];
}
