import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { projectRoot } from '../../authoring/internal.ts';
import type { Asset } from '../../manifest/manifest.ts';
import { assetFile } from '../../packaging/own-files.ts';
import type { Graph } from '../3-graph/graph.ts';

/** The files of the project that tasks need elsewhere, by path. Their names there are made from their content. */
export function assetsOf({ tasks }: Graph): ReadonlyMap<string, Asset> {
  const paths = new Set([...tasks.values()].flatMap(({ model }) => model.template.assets ?? []));
  return new Map(
    [...paths].sort().map((path) => {
      const sha256 = createHash('sha256')
        .update(readFileSync(assetFile(path, projectRoot())))
        .digest('hex');
      const name = basename(path);
      return [path, { path, sha256, key: `${basename(name, extname(name))}-${sha256.slice(0, 12)}/${name}` }];
    }),
  );
}
