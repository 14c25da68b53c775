// Sees to it that the tests of pages find a browser, and prints where it is: node scripts/chromium.mjs
import { findProgram, installPackages } from './debian.mjs';

/** The path of a Chromium on this machine: what CHROMIUM names, or the first one on the PATH. */
export function findChromium() {
  return process.env.CHROMIUM || findProgram(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']);
}

if (import.meta.filename === process.argv[1]) {
  if (findChromium() === undefined)
    installPackages(['chromium'], 'Chromium, in which the tests open the pages that dagwright writes');
  const found = findChromium();
  if (found === undefined) {
    process.stderr.write(
      'The tests open pages in Chromium, which is not here. Install it (Debian, Ubuntu: sudo apt-get install -y chromium),\n' +
        'or name one: CHROMIUM=/path/to/chromium npm test\n',
    );
    process.exitCode = 1;
  } else process.stdout.write(`${found}\n`);
}
