import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest, ManifestArchive, ManifestFunction } from '../manifest/manifest.ts';
import { functionArchive } from '../packaging/archive.ts';
import { packageOf } from '../packaging/local.ts';
import type { FunctionPackage } from '../packaging/package.ts';
import { installWheels } from '../packaging/wheels.ts';
import type { AssetFile } from './assets.ts';
import { archiveOf } from './desired/functions.ts';

/** The archives of a DAG's functions and of the code of its jobs. One that was uploaded already is neither made nor uploaded again. */
export class CodeArchives {
  readonly #project: string;
  /** Each with its code, which is bundled once. */
  readonly #code: readonly { readonly spec: ManifestFunction | ManifestArchive; readonly made: FunctionPackage }[];

  /** @throws Stop where the code of a function is not what was compiled */
  constructor(project: string, { functions = [], archives = [] }: Pick<Manifest, 'functions' | 'archives'>) {
    this.#project = project;
    this.#code = [...functions, ...archives].map((spec) => ({ spec, made: packageOf(spec, project) }));
  }

  /** Those that are not among the assets that are there, made for what they are. */
  async missing(there: ReadonlyMap<string, number>, onProgress: (text: string) => void): Promise<AssetFile[]> {
    const made = new Map<string, AssetFile>();
    for (const { spec, made: own } of this.#code) {
      const asset = archiveOf(spec);
      if (there.has(asset.key) || made.has(asset.key)) continue;
      onProgress(`archive ${asset.path}`);
      const file = await functionArchive(spec, own, this.#project, (needed, platform, folder) =>
        installWheels(needed, platform, folder, {
          env: process.env,
          log: join(this.#project, '.dagwright/functions/pip.log'),
        }),
      );
      made.set(asset.key, { ...asset, file, size: (await stat(file)).size });
    }
    return [...made.values()];
  }
}
