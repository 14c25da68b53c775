import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Command, Option } from 'commander';
import { diagnose, Stop } from '../diagnostics/index.ts';

interface Options {
  readonly format: 'mermaid' | 'svg';
  readonly out?: string;
  readonly dist: string;
}

/** `dagwright graph <dag>`: draws a compiled DAG. */
export function register(program: Command): void {
  program
    .command('graph')
    .description('draw a compiled DAG: its tasks, groups, branches, setups, and where the plan waits')
    .argument('<dag>', 'the id of a DAG')
    .addOption(new Option('--format <format>', 'what to draw').choices(['mermaid', 'svg']).default('mermaid'))
    .option('--out <file>', 'where the drawing goes (default: standard output)')
    .option('--dist <dir>', 'the folder of the compiled DAGs', 'dist')
    .action(async (dag: string, { format, out, dist }: Options) => {
      const text = await draw(dist, dag, format);
      if (out === undefined) process.stdout.write(text);
      else await write(out, text);
    });
}

/** Reads dist/ alone, so that what is drawn is what was compiled and reviewed. */
async function draw(dist: string, dag: string, format: Options['format']): Promise<string> {
  const { readManifest } = await import('../manifest/manifest.ts');
  const { pictureOf } = await import('../manifest/picture.ts');
  const picture = pictureOf(readManifest(dist, dag));
  if (format === 'svg') return (await import('../report/svg/dag.ts')).dagSvg(picture);
  const text = (await import('../compiler/9-files/mermaid.ts')).mermaidOf(picture);
  if (text === undefined) throw new Stop(diagnose('CLI004', { dag, tasks: picture.nodes.length }));
  return `${text}\n`;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new Stop(diagnose('CLI005', { file, detail: (error as Error).message }), 3);
  }
  process.stdout.write(`wrote ${file}\n`);
}
