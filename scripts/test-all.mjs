// `npm run test:all`: `npm test` with every property test, kill and interruption at its whole size.
import { spawnSync } from 'node:child_process';

const { status } = spawnSync('npm', ['test'], {
  stdio: 'inherit',
  env: { ...process.env, DAGWRIGHT_TEST_ALL: '1' },
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
