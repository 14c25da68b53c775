// Sees to it that `npm run test:all`, and that alone, finds LibreOffice, which opens the client's letter there: node scripts/libreoffice.mjs
import { findProgram, installPackages } from './debian.mjs';

const PROGRAMS = ['soffice', 'pdftotext'];
const PACKAGES = ['libreoffice-writer-nogui', 'poppler-utils'];
const isMissing = () => PROGRAMS.some((name) => findProgram([name]) === undefined);

if (process.env.DAGWRIGHT_TEST_ALL && isMissing()) {
  installPackages(PACKAGES, 'LibreOffice, in which the tests open the letter that the reference pipeline writes');
  if (isMissing()) {
    process.stderr.write(
      `The tests need ${PROGRAMS.join(' and ')}, which are not here. Install them (Debian, Ubuntu: sudo apt-get install -y ${PACKAGES.join(' ')}).\n`,
    );
    process.exitCode = 1;
  }
}
