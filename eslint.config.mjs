import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'cdk.out/', '.kdk/', 'node_modules/', 'coverage/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        // Modules that are loaded when they are needed: require('…') as typeof import('…').
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-require-imports': 'off', // lazy loading of what a command may not need
      'max-lines': ['error', { max: 300, skipComments: true, skipBlankLines: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: [
      '**/*.mjs',
      '**/*.cjs',
      'jest.config.js',
      'bin/**',
      'scripts/**',
      'bench/**',
      'tools/**',
      'test/**',
      'examples/**',
    ],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'require',
          'module',
          'URL',
          'setTimeout',
          'clearTimeout',
          'Buffer',
          '__dirname',
          'fetch',
          'performance',
          'structuredClone',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: { 'no-console': 'off' },
  },
  {
    // Runs in the page that kdk report writes.
    files: ['lib/report/assets/*.js'],
    languageOptions: {
      globals: Object.fromEntries(
        ['addEventListener', 'document', 'IntersectionObserver'].map((name) => [name, 'readonly']),
      ),
    },
  },
);
