import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diagnose, Stop } from '../../diagnostics/index.ts';
import type { Environment } from '../../project/environment.ts';
import { type AssetFile, assetFiles } from '../assets.ts';
import { readBuilt } from '../built.ts';
import { exportedOf } from './exported.ts';
import { readmeOf } from './readme.ts';
import { samFiles } from './sam/template.ts';
import { terraformFiles } from './terraform/module.ts';

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
}

/**
 * Hands what deploy would make to a team's own infrastructure code. Nothing is asked of AWS; the same input gives the same bytes.
 *
 *     dist/<dag> + environment, its values as symbols ─▶ desired ─▶ sam/ or terraform/ ─▶ <out>/<dag>/
 */
export async function exportDag({ project, dist, dag, environment, format, out }: ExportOptions): Promise<string[]> {
  const built = await readBuilt(dist, dag);
  const exported = exportedOf(built, environment, await reviewedTexts(dist, dag));
  const files = new Map(PRINT[format](exported));
  files.set('README.md', readmeOf(exported, format));
  const assets = await assetFiles(project, exported.desired.assets);
  return write(join(out, dag), files, assets);
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
