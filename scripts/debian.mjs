// Programs that tests need and npm does not have, from Debian's packages.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of the first of some programs that is on the PATH. */
export function findProgram(names) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** Installs packages where this is root, who alone may, and says what for; whether they are there then is to be looked at. */
export function installPackages(packages, what) {
  if (process.getuid?.() !== 0) return;
  process.stderr.write(`Installing ${what} …\n`);
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const wanted = ['install', '--yes', '--no-install-recommends', ...packages];
  // A machine that nobody has installed anything on has no lists of packages yet.
  if (!apt(...wanted) && apt('update')) apt(...wanted);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
