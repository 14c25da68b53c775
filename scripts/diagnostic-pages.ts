import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../diagnostics/diagnostic.ts';
import { CATALOGUE, type Code } from '../diagnostics/index.ts';
import { placeholders } from './placeholders.ts';

/** What each prefix of a code is about. */
const ROOMS: readonly (readonly [prefix: string, title: string, about: string])[] = [
  ['DAG', 'DAGs', 'What the authoring API and the compiler say of a DAG.'],
  ['ASL', 'State machines', 'What `dagwright validate` says of a definition in the Amazon States Language.'],
  ['RUN', 'Runs on this machine', 'What `dagwright local` says.'],
  ['SIM', 'Simulations', 'What `dagwright simulate` says.'],
  ['RPT', 'Pictures of runs', 'What `dagwright report` says.'],
  ['CFG', 'Environments', 'What is said of the environments in dagwright.yaml.'],
  ['AWS', 'AWS', 'What every command that talks to AWS may say.'],
  ['DEP', 'Deployment', 'What `dagwright plan`, `deploy`, `rollback` and `destroy` say.'],
  ['DOC', 'What an account lacks', 'What `dagwright doctor` says.'],
  [
    'OPS',
    'Operating what is deployed',
    'What `dagwright run`, `status`, `logs`, `stop`, `pause`, `backfill` and `cost` say.',
  ],
  ['RES', 'Resuming a run', 'What `dagwright resume` says.'],
  ['CLI', 'The command line', 'What the commands themselves say.'],
  ['ACC', 'The acceptance suite', 'What `npm run aws:acceptance` says.'],
];

/**
 * The documentation of every diagnostic, by file name: a page for each code, and the index.
 * @param errors the folder of the directory fixtures: a DAG with a fault each, and what its user is reported
 */
export function diagnosticPages(errors: string): ReadonlyMap<string, string> {
  const codes = Object.keys(CATALOGUE).sort() as Code[];
  const pages = new Map(codes.map((code) => [`${code}.md`, page(code, examplesOf(errors, code))]));
  return pages.set('README.md', index(codes));
}

function index(codes: readonly Code[]): string {
  const sections = ROOMS.flatMap(([prefix, title, about]) => [
    `## ${title}`,
    about,
    [
      '| code | what it says |',
      '| --- | --- |',
      ...codes
        .filter((code) => code.startsWith(prefix))
        .map((code) => `| [${code}](${code}.md) | ${titleOf(code)}${isWarning(code) ? ' (warning)' : ''} |`),
    ].join('\n'),
  ]);
  return `${['# Diagnostics', GENERATED, 'Every message has a code that stays. An error ends the command with exit code 1, unless the page of the command says otherwise; a warning does not.', ...sections].join('\n\n')}\n`;
}

function page(code: Code, examples: readonly string[]): string {
  const { message, why, remedy } = entryOf(code);
  const args = placeholders();
  return `${[
    `# ${code}: ${titleOf(code)}`,
    GENERATED,
    `${isWarning(code) ? 'Warning' : 'Error'}:`,
    block('text', message(args)),
    `**Why.** ${why}`,
    `**What to do.** ${remedy(args)}`,
    ...(examples.length > 0 ? [examples.length > 1 ? '## Examples' : '## Example', ...examples] : []),
  ].join('\n\n')}\n`;
}

const GENERATED = '<!-- Made from the catalogue in diagnostics/ by `npm run generate:docs`. -->';

function examplesOf(errors: string, code: Code): string[] {
  const folders = readdirSync(errors).filter((name) => name === code || name.startsWith(`${code}-`));
  return folders.sort().flatMap((folder) => {
    const dag = join(errors, folder, 'dag.ts');
    const told = readFileSync(join(errors, folder, 'diagnostics.txt'), 'utf8').replaceAll(
      `test/errors/${folder}/`,
      'dags/',
    );
    return existsSync(dag) ? [block('ts', readFileSync(dag, 'utf8')), 'is told', block('text', told)] : [];
  });
}

function block(language: string, text: string): string {
  return ['```' + language, text.trimEnd(), '```'].join('\n');
}

function entryOf(code: Code): Entry<unknown> {
  return CATALOGUE[code] as Entry<unknown>;
}
function titleOf(code: Code): string {
  return entryOf(code).title;
}
function isWarning(code: Code): boolean {
  return entryOf(code).severity === 'warning';
}
