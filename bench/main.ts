import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { data } from './data.ts';
import { deploys } from './deploy.ts';
import { folder } from './folder.ts';
import { functions } from './functions.ts';
import { growth, measureGrowth } from './interpreter/growth.ts';
import { interpreter } from './interpreter/interpreter.ts';
import { measureInterpreter, outputOf } from './interpreter/measure.ts';
import { measureMemory } from './memory/measure.ts';
import { memory } from './memory/memory.ts';
import { optimal } from './optimal.ts';
import { quality } from './quality.ts';
import { measureOne, scale } from './scale.ts';
import { semantics } from './semantics.ts';
import { spark } from './spark.ts';
import { stability } from './stability.ts';
import { startUp } from './start-up.ts';
import { measureValidator, validator } from './validator.ts';

/**
 * The benches, each a section of docs/bench.md that it writes anew: `npm run bench`, or `npm run bench -- quality` for one. `--seed`
 * makes other DAGs.
 */
const SECTIONS = {
  semantics,
  data,
  stability,
  quality,
  optimal,
  scale,
  'start-up': startUp,
  folder,
  functions,
  interpreter,
  growth,
  memory,
  validator,
  deploy: deploys,
  spark,
} satisfies Record<string, (seed: number) => string | Promise<string>>;
type Section = keyof typeof SECTIONS;
const PAGE = 'docs/bench.md';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '31337' } },
});
/** What a bench starts in a process of its own. */
const ALONE: { readonly [name: string]: (...args: string[]) => Promise<void> } = {
  'measure-one': (shape, tasks) => measureOne(shape as string, Number(tasks)),
  'measure-interpreter': (...args) => measureInterpreter(...(args as Parameters<typeof measureInterpreter>)),
  'measure-validator': (...args) => measureValidator(...(args as Parameters<typeof measureValidator>)),
  'measure-memory': (...args) => measureMemory(...(args as Parameters<typeof measureMemory>)),
  'measure-growth': (shape, size) => measureGrowth(shape as string, size as string),
  'output-of': (...args) => outputOf(...(args as Parameters<typeof outputOf>)),
};
const alone = ALONE[positionals[0] ?? ''];
if (alone !== undefined) {
  await alone(...positionals.slice(1));
} else {
  const wanted = positionals.length > 0 ? positionals : Object.keys(SECTIONS);
  for (const name of wanted) {
    if (!(name in SECTIONS)) throw new Error(`There is no bench "${name}", only ${Object.keys(SECTIONS).join(', ')}.`);
    const text = await SECTIONS[name as Section](Number(values.seed));
    process.stdout.write(`\n## ${name}\n\n${text}\n`);
    writeSection(name, text);
  }
}

/** Between the section's two marks in the page. */
function writeSection(name: string, text: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < 0) throw new Error(`${PAGE} has no marks for "${name}".`);
  writeFileSync(PAGE, `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`);
}
