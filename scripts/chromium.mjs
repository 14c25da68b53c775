// Sees to it that the tests of pages find a browser, and prints where it is: node scripts/chromium.mjs
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The path of a Chromium on this machine: what CHROMIUM names, or the first one on the PATH. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'];
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function install() {
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const wanted = ['install', '--yes', '--no-install-recommends', 'chromium'];
  // A machine that nobody has installed anything on has no lists of packages yet.
  return apt(...wanted) || (apt('update') && apt(...wanted));
}

if (import.meta.filename === process.argv[1]) {
  if (findChromium() === undefined && process.getuid?.() === 0) {
    process.stderr.write('Installing Chromium, in which the tests open the pages that dagwright writes …\n');
    install();
  }
  const found = findChromium();
  if (found === undefined) {
    process.stderr.write(
      'The tests open pages in Chromium, which is not here. Install it (Debian, Ubuntu: sudo apt-get install -y chromium),\n' +
        'or name one: CHROMIUM=/path/to/chromium npm test\n',
    );
    process.exitCode = 1;
  } else process.stdout.write(`${found}\n`);
}
