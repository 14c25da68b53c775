import { parseArgs } from 'node:util';
import { diagnose, Stop } from '../diagnostics/index.ts';
import type { Check } from './check.ts';
import { isRun } from './mark.ts';

export interface Options {
  readonly region: string;
  readonly bucket: string;
  readonly profile?: string;
  readonly subnet?: string;
  /** In US dollars. */
  readonly budget: number;
  readonly checks: readonly Check[];
  /** Removes what runs have left, and checks nothing. */
  readonly clean: boolean;
  /** Of which run what is left is removed. */
  readonly run?: string;
  readonly yes: boolean;
  /** Where the results are written. */
  readonly json?: string;
}

export const USAGE = `npm run aws:acceptance -- --profile P --region R --bucket B [option…]

Tries dagwright on an AWS account: deploys and runs small DAGs, compares, and removes everything again.

  --profile P     the profile of the AWS configuration; without it the SDK's default credentials
  --region R      where it works
  --bucket B      a bucket of yours in that region: scripts, records and the suite's journal
  --subnet S      for clusters; without it EMR's default and, for the datalake DAG, none
  --budget 5      what the chosen checks may cost at most, in US dollars
  --only N…       checks by number or name
  --json FILE     where the results are written as well
  --yes           do not ask
  --clean         list and remove what earlier runs have left, and check nothing
  --run dwa-…     with --clean: of this run alone
  --help
`;

/**
 * The command line, checked before anything is asked of AWS.
 * @throws Stop with exit code 2 for wrong usage
 */
export function readOptions(args: readonly string[], all: readonly Check[]): Options | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  for (const option of ['region', 'bucket'] as const)
    if (!values[option]) throw new Stop(diagnose('ACC004', { option: `--${option}` }), 2);
  if (values.run !== undefined && !isRun(values.run)) throw new Stop(diagnose('ACC008', { given: values.run }), 2);
  return {
    region: values.region!,
    bucket: values.bucket!.replace(/^s3:\/\//, '').replace(/\/$/, ''),
    budget: budgetOf(values.budget),
    checks: chosen([...(values.only ?? []), ...positionals], all),
    clean: values.clean === true,
    yes: values.yes === true,
    ...(values.profile !== undefined && { profile: values.profile }),
    ...(values.subnet !== undefined && { subnet: values.subnet }),
    ...(values.run !== undefined && { run: values.run }),
    ...(values.json !== undefined && { json: values.json }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      // What follows --only without an option before it: `--only 1 3 5`.
      allowPositionals: true,
      options: {
        profile: { type: 'string' },
        region: { type: 'string' },
        bucket: { type: 'string' },
        subnet: { type: 'string' },
        budget: { type: 'string', default: '5' },
        only: { type: 'string', multiple: true },
        run: { type: 'string' },
        json: { type: 'string' },
        yes: { type: 'boolean' },
        clean: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new Stop(diagnose('ACC010', { detail: (error as Error).message.split('. ')[0]! }), 2);
  }
}

function budgetOf(given: string): number {
  const budget = /^\$?\d+(\.\d+)?$/.test(given.trim()) ? Number(given.trim().replace('$', '')) : Number.NaN;
  if (!(budget > 0)) throw new Stop(diagnose('ACC002', { given }), 2);
  return budget;
}

function chosen(given: readonly string[], all: readonly Check[]): readonly Check[] {
  const names = given.flatMap((text) => text.split(',')).filter((text) => text !== '');
  if (names.length === 0) return all;
  const picked = names.map((name) => {
    const found = all.find((check) => String(check.number) === name || check.name === name);
    if (found !== undefined) return found;
    const list = all.map((check) => `${check.number} ${check.name}`).join(', ');
    throw new Stop(diagnose('ACC001', { given: name, names: all.map((check) => check.name), list }), 2);
  });
  return all.filter((check) => picked.includes(check));
}
