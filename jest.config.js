// The CDK's template validator costs seconds for every test file; it runs once, over every environment, in the system suite.
process.env.CDK_VALIDATION = 'false';

const base = {
  testEnvironment: 'node',
  // Tests of the command line run what users run.
  globalSetup: '<rootDir>/test/support/compile.mjs',
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'commonjs', ignoreDynamic: true },
      },
    ],
  },
  moduleNameMapper: {
    '^kafka-deployment-kit$': '<rootDir>/lib/index.ts',
    '^kafka-deployment-kit/charts$': '<rootDir>/charts/index.ts',
    '^kafka-deployment-kit/reconciler$': '<rootDir>/lib/admin/index.ts',
    '^kafka-deployment-kit/(msk|selfmanaged)$': '<rootDir>/lib/$1/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/cdk.out', '<rootDir>/.kdk'],
};

module.exports = {
  // Tests share two cores with each other, and in CI with whatever else runs there.
  testTimeout: 30_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/(broker|slow|system|kubernetes|hosts)/'],
    },
    { ...base, displayName: 'broker', testMatch: ['<rootDir>/test/broker/**/*.test.ts'] },
    { ...base, displayName: 'slow', testMatch: ['<rootDir>/test/slow/**/*.test.ts'] },
    { ...base, displayName: 'system', testMatch: ['<rootDir>/test/system/**/*.test.ts'] },
    {
      ...base,
      displayName: 'hosts',
      testMatch: ['<rootDir>/test/hosts/**/*.test.ts'],
      // Says at once that machines are started by npm run test:hosts alone.
      globalSetup: '<rootDir>/test/support/machines/set-up.ts',
    },
    {
      ...base,
      displayName: 'kubernetes',
      testMatch: ['<rootDir>/test/kubernetes/**/*.test.ts'],
      // Says at once what is missing, and loads the images.
      globalSetup: '<rootDir>/test/support/kubernetes/set-up.ts',
    },
  ],
};
