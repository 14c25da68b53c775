import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diagnose, Stop } from '../diagnostics/index.ts';

/** What a function in Python runs on. */
export interface WheelPlatform {
  /** `python3.13` */
  readonly runtime: string;
  readonly architecture: 'x86_64' | 'arm64';
}

/** The glibc that a runtime has: Amazon Linux 2 up to Python 3.11, Amazon Linux 2023 from 3.12 on. */
const GLIBC = { old: 26, new: 34 };
/** Those for which wheels are made. */
const BUILT_FOR = [34, 31, 28, 27, 26, 24, 17];

/**
 * Installs packages as wheels of Lambda's platform, whatever this machine is: nothing is built.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/python-package.html
 * @throws Stop with exit code 3 where there is no Python or no registry, with 1 where a package has no wheel
 */
export async function installWheels(
  needed: readonly string[],
  { runtime, architecture }: WheelPlatform,
  folder: string,
  { env, log }: { readonly env: NodeJS.ProcessEnv; readonly log: string },
): Promise<void> {
  const version = runtime.replace('python', '');
  const machine = architecture === 'arm64' ? 'aarch64' : 'x86_64';
  const newest = Number(version.split('.')[1]) >= 12 ? GLIBC.new : GLIBC.old;
  const platforms = [
    ...BUILT_FOR.filter((minor) => minor <= newest).map((minor) => `manylinux_2_${minor}_${machine}`),
    `manylinux2014_${machine}`,
    ...(machine === 'x86_64' ? ['manylinux2010_x86_64', 'manylinux1_x86_64'] : []),
  ];
  const { PYTHONHOME: _home, PYTHONPATH: _path, PIP_USER: _user, PIP_REQUIRE_VIRTUALENV: _require, ...rest } = env;
  const list = `${folder}.txt`;
  await mkdir(dirname(folder), { recursive: true });
  await writeFile(list, `${needed.join('\n')}\n`);
  const ended = await run(env.DAGWRIGHT_PYTHON || 'python3', {
    args: [
      ...['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--progress-bar', 'off', '--no-compile'],
      ...['--only-binary=:all:', '--implementation', 'cp', '--python-version', version, '--target', folder],
      ...platforms.flatMap((platform) => ['--platform', platform]),
      // As a file: pip takes hashes there alone.
      ...['-r', list],
    ],
    env: rest,
  });
  await rm(list);
  await mkdir(dirname(log), { recursive: true });
  await writeFile(log, ended.said);
  if (ended.code === 0) return;
  const lines = ended.said.trim().split('\n');
  const errors = lines.filter((line) => line.startsWith('ERROR:')).map((line) => line.replace('ERROR: ', ''));
  const said = (errors.length > 0 ? errors : lines.slice(-3)).join(' ');
  const hasNone = /No matching distribution|Could not find a version/.test(said);
  throw new Stop(diagnose('DEP038', { needed, runtime, architecture, said, log }), hasNone ? 1 : 3);
}

/** Runs a program to its end: its exit code, and all that it printed. */
function run(
  program: string,
  { args, env }: { readonly args: readonly string[]; readonly env: NodeJS.ProcessEnv },
): Promise<{ readonly code: number; readonly said: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { env, maxBuffer: 64 * 1024 * 1024 }, (error, out, err) => {
      const failed = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      // One that cannot be started has printed nothing.
      resolve({ code: failed, said: out === '' && err === '' && error !== null ? error.message : `${out}${err}` });
    });
  });
}
