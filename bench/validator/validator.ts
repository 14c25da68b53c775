import { spawnSync } from 'node:child_process';
import { inTurn, median, ratioText } from '../in-turn.ts';
import { measuredOn } from '../machine.ts';
import { table } from '../table.ts';
import { CORPORA, type Corpus } from './documents.ts';
import type { Side } from './measure.ts';

const ROUNDS = 5;
const STARTS = 15;
const BOTH: readonly Side[] = ['dagwright', 'rival'];
const REFERENCE = 'dist/datalake/step_function.json';
const COMMANDS: { readonly [side in Side]: readonly string[] } = {
  dagwright: ['bin/dagwright.js', 'validate', REFERENCE],
  rival: ['node_modules/asl-validator/dist/bin/asl-validator.js', '--json-path', REFERENCE],
};

/** Documents a second (of processor time) from text to findings, and the time that a command needs for one, beside asl-validator. */
export async function validator(): Promise<string> {
  const rows: string[][] = [];
  for (const corpus of Object.keys(CORPORA) as Corpus[]) {
    const { title } = CORPORA[corpus];
    const texts = CORPORA[corpus].texts();
    if (texts.length === 0) continue;
    const taken = inTurn<Side, { documents: number }>(ROUNDS, BOTH, (side) => ['measure-validator', side, corpus]);
    const speeds = (side: Side) => taken[side].map(({ documents }) => documents);
    const kilobytes = texts.reduce((sum, text) => sum + text.length, 0) / texts.length / 1000;
    rows.push([
      `${title} (${texts.length}, ${kilobytes.toFixed(1)} kB each)`,
      `${median(speeds('dagwright')).toFixed(0)}/s`,
      `${median(speeds('rival')).toFixed(1)}/s`,
      ratioText(speeds('dagwright'), speeds('rival')),
    ]);
    process.stderr.write(`${rows.at(-1)?.join(' | ')}\n`);
  }
  const starts: Record<Side, number[]> = { dagwright: [], rival: [] };
  for (let i = 0; i < STARTS; i++) for (const side of BOTH) starts[side].push(start(COMMANDS[side]));
  rows.push([
    'the command, for the reference machine',
    `${median(starts.dagwright).toFixed(0)} ms`,
    `${median(starts.rival).toFixed(0)} ms`,
    ratioText(starts.rival, starts.dagwright),
  ]);
  return [measuredOn('asl-validator'), table(['', 'dagwright', 'asl-validator', 'ratio'], rows)].join('\n\n');
}

/** Milliseconds of a process. It may say that the machine is invalid: asl-validator does. */
function start(command: readonly string[]): number {
  const begun = performance.now();
  const { error, status } = spawnSync(process.execPath, command, { stdio: 'ignore' });
  if (error) throw error;
  if (status !== 0 && status !== 1) throw new Error(`${command.join(' ')} ended with ${status}.`);
  return performance.now() - begun;
}
