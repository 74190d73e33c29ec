/** The dependency law of ARCHITECTURE.md. Dependencies point one way: core <- host <- targets <- cli and bin. */
const ours = '^(lib|charts|bin)/';
module.exports = {
  forbidden: [
    {
      name: 'core-is-pure',
      comment: 'core holds spec, model, rules and rendering of text; it knows no AWS, no Kubernetes, no machine',
      severity: 'error',
      from: { path: '^lib/core/' },
      to: {
        path: [
          '^(lib/(?!core/)|charts/|bin/)',
          'node_modules/(aws-cdk-lib|constructs|cdk8s|@aws-sdk|@platformatic|commander)',
        ],
      },
    },
    {
      name: 'core-has-no-builtins',
      comment: 'the same environment gives the same bytes everywhere: no files, no clock, no randomness',
      severity: 'error',
      from: { path: '^lib/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-libraries',
      comment: 'what core may use is bundled with the package and named here',
      severity: 'error',
      from: { path: '^lib/core/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|yaml|@noble/hashes|fastest-levenshtein)/' },
    },
    {
      name: 'environment-uses-core',
      severity: 'error',
      from: { path: '^lib/environment/' },
      to: { path: ours, pathNot: '^lib/(core|environment)/' },
    },
    {
      name: 'host-uses-core',
      severity: 'error',
      from: { path: '^lib/host/' },
      to: { path: ours, pathNot: '^lib/(core|host)/' },
    },
    {
      name: 'local-uses-host',
      severity: 'error',
      from: { path: '^lib/local/' },
      to: { path: ours, pathNot: '^lib/(core|host|local)/' },
    },
    {
      name: 'selfmanaged-uses-host',
      severity: 'error',
      from: { path: '^lib/selfmanaged/' },
      to: { path: ours, pathNot: '^lib/(core|environment|host|selfmanaged|aws)/' },
    },
    {
      name: 'msk-uses-core',
      severity: 'error',
      from: { path: '^lib/msk/' },
      to: { path: ours, pathNot: '^lib/(core|environment|msk|aws)/' },
    },
    {
      name: 'admin-uses-core',
      severity: 'error',
      from: { path: '^lib/admin/' },
      to: { path: ours, pathNot: '^lib/(core|admin)/' },
    },
    {
      name: 'charts-use-core',
      severity: 'error',
      from: { path: '^charts/' },
      to: { path: ours, pathNot: '^(charts/|lib/(core|environment)/)' },
    },
    {
      name: 'monitoring-uses-core',
      severity: 'error',
      from: { path: '^lib/monitoring/' },
      to: { path: ours, pathNot: '^lib/(core|monitoring)/' },
    },
    {
      name: 'report-uses-core',
      severity: 'error',
      from: { path: '^lib/report/' },
      to: { path: ours, pathNot: '^lib/(core|report)/' },
    },
    { name: 'nobody-uses-bin', severity: 'error', from: { path: '^(lib|charts)/' }, to: { path: '^bin/' } },
    {
      name: 'the-kafka-client-stays-behind-its-port',
      severity: 'error',
      from: { path: ours, pathNot: '^lib/(admin/adapters|msk/handlers)/' },
      to: { path: 'node_modules/(@platformatic|@aws-sdk)/' },
    },
    {
      name: 'the-library-of-certificates-stays-behind-its-functions',
      severity: 'error',
      from: { path: ours, pathNot: '^lib/admin/adapters/x509/' },
      to: { path: 'node_modules/(@peculiar|reflect-metadata)/' },
    },
    { name: 'no-circles', severity: 'error', from: { path: ours }, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      // What a browser runs is in a page, not imported.
      from: { orphan: true, path: ours, pathNot: '\\.d\\.ts$|^bin/|index\\.ts$|^lib/report/assets/' },
      to: {},
    },
    { name: 'resolvable', severity: 'error', from: { path: ours }, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.dev.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
