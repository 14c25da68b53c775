import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** By `require`: an import of CommonJS parses it twice. */
export function esbuild(): typeof import('esbuild') {
  return require('esbuild') as typeof import('esbuild');
}

let isStarted = false;

/** Starts the bundler's process, which takes its time: the compiler's own modules are read meanwhile. */
export function startBundler(): void {
  if (!isStarted) void esbuild().initialize({});
  isStarted = true;
}
