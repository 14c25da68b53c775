import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What every page has in it. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
}

/** The package has them bundled (scripts/bundle.mjs); where the sources run they are bundled when they are asked for. */
export async function pageParts(): Promise<PageParts> {
  if (import.meta.url.endsWith('.ts')) return bundlePageParts(fileURLToPath(new URL('page', import.meta.url)));
  return JSON.parse(await readFile(new URL('page-parts.json', import.meta.url), 'utf8')) as PageParts;
}

/** Bundles the script and the style in a folder, for all browsers of the last years. */
export async function bundlePageParts(folder: string): Promise<PageParts> {
  const { build } = await import('esbuild');
  const bundled = async (file: string) => {
    const { outputFiles } = await build({
      absWorkingDir: folder,
      entryPoints: [file],
      bundle: true,
      minify: true,
      format: 'iife',
      target: ['es2022', 'chrome110', 'firefox115', 'safari16'],
      charset: 'utf8',
      legalComments: 'none',
      write: false,
      logLevel: 'warning',
    });
    return outputFiles[0]!.text.trim();
  };
  const [script, style] = await Promise.all([bundled('main.ts'), bundled('style.css')]);
  // A script element ends at the first text like this one, whatever it stands in.
  if (/<\/(script|style)|<!--/i.test(script + style)) throw new Error('the page’s parts would end their own element');
  return { script, style };
}
