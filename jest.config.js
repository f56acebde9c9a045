/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2024', experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/test/empty-database.ts',
  globalTeardown: '<rootDir>/test/empty-database-teardown.ts',
  // What ends a wait is what it waits for. This is for what never comes, on a machine that has other things to do.
  testTimeout: 240_000,
  // Two cores, and most tests of whole processes wait: three keep them busy.
  maxWorkers: 3,
};
