import './scripts/short-jobs.mjs';

/** Tests run on the TypeScript sources as native ES modules; the package's own name maps to them, as it does for users to build/. */
export default {
  testEnvironment: 'node',
  testSequencer: '<rootDir>/scripts/long-first.mjs',
  globalSetup: '<rootDir>/test/aws/ministack-pool.mjs',
  setupFiles: ['<rootDir>/test/seed.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/asserts.ts'],
  // What takes longest is tried by `npm run test:all` alone.
  testMatch: [process.env.DAGWRIGHT_TEST_ALL ? '<rootDir>/test/**/*.test.ts' : '<rootDir>/test/**/!(*.all).test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  moduleNameMapper: {
    '^dagwright$': '<rootDir>/authoring/index.ts',
    '^dagwright/(tasks|compiler|local|asl|jest)$': '<rootDir>/$1/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/build', '<rootDir>/.dagwright'],
  // Much of the time goes to child processes (Spark, servers): a worker a core.
  maxWorkers: '100%',
  // Jest keeps every module of every test file: a worker that grew is replaced, before collecting garbage takes more time than testing.
  workerIdleMemoryLimit: '300MB',
  testTimeout: process.env.DAGWRIGHT_TEST_ALL ? 1_800_000 : 60_000,
};
