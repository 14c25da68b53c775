import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import { readProjectFile } from '../../project/config.ts';
import { type Environment, resolveEnvironment } from '../../project/environment.ts';
import { type AssetFile, assetFiles } from '../assets.ts';
import { chooseDags, readBuilt } from '../built.ts';
import { CodeArchives } from '../code-archives.ts';
import { type Exported, exportedOf } from './exported.ts';
import { NO_ENVIRONMENT } from './inputs.ts';
import { logicalId, samFiles } from './sam/template.ts';
import { terraformFiles, variableName } from './terraform/module.ts';

export const FORMATS = ['sam', 'terraform'] as const;
export type Format = (typeof FORMATS)[number];

export interface ExportOptions {
  readonly project: string;
  readonly dist: string;
  readonly dag: string;
  readonly environment: Environment;
  readonly format: Format;
  /** The folder that the DAG's own folder is made in. */
  readonly out: string;
  /** Told what takes its time: packages of functions are installed. */
  readonly onProgress?: (text: string) => void;
}

/**
 * Hands what deploy would make to a team's own infrastructure code. Nothing is asked of AWS; the same input gives the same bytes.
 *
 *     dist/<dag> + environment, its values as symbols ─▶ desired ─▶ sam/ or terraform/ ─▶ <out>/<dag>/
 */
export async function exportDag({
  project,
  dist,
  dag,
  environment,
  format,
  out,
  onProgress = () => {},
}: ExportOptions): Promise<string[]> {
  const built = await readBuilt(dist, dag);
  const exported = exportedOf(built, environment, await reviewedTexts(dist, dag));
  const files = new Map(PRINT[format](exported));
  files.set('README.md', readmeOf(exported, format));
  const archives = await new CodeArchives(project, built.manifest).missing(new Map(), onProgress);
  return write(join(out, dag), files, [...(await assetFiles(project, built.manifest.assets)), ...archives]);
}

const PRINT = { sam: samFiles, terraform: terraformFiles } as const satisfies Record<Format, unknown>;

/** The machines as they stand in dist/: what was reviewed is handed on byte for byte. */
async function reviewedTexts(dist: string, dag: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const name of ['step_function.json', 'cleanup.json']) {
    const text = await readFile(join(dist, dag, name), 'utf8').catch(() => undefined);
    if (text !== undefined) texts.set(name, text);
  }
  return texts;
}

/** The folders that an export has for itself: what an earlier one left there goes. */
const OWN = ['machines', 'policies', 'assets'];

async function write(
  folder: string,
  files: ReadonlyMap<string, string>,
  assets: readonly AssetFile[],
): Promise<string[]> {
  try {
    for (const own of OWN) await rm(join(folder, own), { recursive: true, force: true });
    const written: string[] = [];
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
      written.push(join(folder, path));
    }
    for (const { file, key } of assets) {
      const target = join(folder, 'assets', key);
      await mkdir(dirname(target), { recursive: true });
      await copyFile(file, target);
      written.push(target);
    }
    return written;
  } catch (error) {
    throw new Stop(diagnose('CLI005', { file: folder, detail: (error as Error).message }), 3);
  }
}

export interface TerminalOptions {
  readonly project: string;
  readonly dist: string;
  /** None: all that are compiled. */
  readonly dags: readonly string[];
  readonly env?: string;
  readonly format: Format;
  readonly out: string;
}

export async function exportForTerminal({ project, dist, dags, env, format, out }: TerminalOptions): Promise<void> {
  const environment = await environmentOf(project, env);
  for (const dag of await chooseDags(dist, dags)) {
    const onProgress = (text: string) => process.stderr.write(`${text}\n`);
    const written = await exportDag({ project, dist, dag, environment, format, out, onProgress });
    for (const file of written) process.stdout.write(`wrote ${relative(project, file)}\n`);
  }
}

/** Without environments in dagwright.yaml every value becomes a parameter of the export. */
async function environmentOf(project: string, name: string | undefined): Promise<Environment> {
  const file = await readProjectFile(project);
  if (name === undefined && file.content.environments === undefined) return NO_ENVIRONMENT;
  return resolveEnvironment(file, name, process.env);
}

/** How what was exported is applied, beside it. */
export function readmeOf(exported: Exported, format: Format): string {
  const { dag } = exported;
  return `# ${dag}

Written by \`dagwright export --format ${format}\`: what \`dagwright deploy\` would make. Changes belong into the DAG; export again after \`dagwright compile\`.

${TEXTS[format](exported)}`;
}

const TEXTS: Record<Format, (exported: Exported) => string> = {
  sam: ({ dag, inputs, desired, symbols }) => {
    const bucket = '"$ARTIFACTS"';
    const prefix = symbols.placeholders(desired.names.assetsPrefix);
    const given = inputs.filter((input) => input.default === undefined && input.name !== 'artifacts');
    return `\`\`\`sh
ARTIFACTS=the-name-of-a-bucket
${desired.assets.length > 0 ? `aws s3 sync assets "s3://$ARTIFACTS/${prefix}"\n` : ''}sam deploy --stack-name ${dag.replace(/[^A-Za-z0-9-]/g, '-')} --capabilities CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND --s3-bucket ${bucket} \\
  --parameter-overrides ${[`Artifacts=${bucket}`, ...given.map(({ name }) => `${logicalId(name)}=…`)].join(' ')}
\`\`\`

Scripts and archives go up first: their keys hold their hashes, so that running executions keep theirs. \`machines/\` are the definitions as they were reviewed; the template fills their \`\${…}\`.
`;
  },
  terraform: ({ dag, inputs }) => {
    const given = inputs.filter((input) => input.default === undefined);
    const width = Math.max('source'.length, ...given.map(({ name }) => variableName(name).length));
    const line = (name: string, value: string) => `  ${name.padEnd(width)} = ${value}\n`;
    return `\`\`\`hcl
module "${variableName(dag)}" {
${line('source', `"./${dag}"`)}${given.map(({ name }) => line(variableName(name), '"…"')).join('')}}
\`\`\`

\`machines/\` are the definitions as they were reviewed, \`policies/\` those of the roles; \`templatefile\` fills their \`\${…}\`. \`assets/\` go to S3 under keys that hold their hashes.
`;
  },
};
