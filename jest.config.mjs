import { basename } from 'node:path';

/** Unit tests lie beside their files in every room; what crosses rooms lies in test/. */
const rooms = ['schema', 'indexer', 'api', 'web', 'cli', 'devnet', 'test'];

/** Trials of minutes, which run where they are asked for by name: `npm test -- mutants`. */
const trials = ['test/simulation/mutants.test.ts', 'test/pages/hostilePages.test.ts'];
const skipped = trials.filter((file) => !process.argv.some((asked) => asked.includes(basename(file, '.test.ts'))));

export default {
  testEnvironment: '<rootDir>/test/PlainEnvironment.mjs',
  roots: rooms.map((room) => `<rootDir>/${room}`),
  testPathIgnorePatterns: ['/node_modules/', ...skipped.map((file) => `${file}$`)],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  modulePathIgnorePatterns: ['<rootDir>/web/build', '<rootDir>/dist'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  globalSetup: '<rootDir>/test/globalSetup.mjs',
  globalTeardown: '<rootDir>/test/globalTeardown.mjs',
  setupFiles: ['reflect-metadata'],
  testTimeout: 60_000,
  reporters: ['default', '<rootDir>/test/ClosingLine.mjs'],
  maxWorkers: 2,
  testSequencer: '<rootDir>/test/SlowFirst.mjs',
  // Modules that a suite has loaded stay in a worker's memory, and make all that comes after slower: then it begins anew.
  workerIdleMemoryLimit: '1500MB',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        swcrc: false,
        module: { type: 'es6' },
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: {
            legacyDecorator: true,
            decoratorMetadata: true,
            useDefineForClassFields: false,
            react: { runtime: 'automatic' },
          },
        },
      },
    ],
  },
};
