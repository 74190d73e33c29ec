import { App } from 'cdk8s';
import { existsSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

interface Named {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** Runs the example as it stands, and gives the objects that it would write. */
function synthesised(example: string): Named[] {
  const apps: App[] = [];
  const spy = jest.spyOn(App.prototype, 'synth').mockImplementation(function (this: App) {
    apps.push(this);
  });
  try {
    require(`../../examples/${example}/app`);
  } finally {
    spy.mockRestore();
  }
  return apps.flatMap((app) => parseAllDocuments(app.synthYaml()).map((document) => document.toJS() as Named));
}

describe('the example 04-kubernetes', () => {
  test('synthesises brokers, controllers and workers in one namespace', () => {
    const objects = synthesised('04-kubernetes');
    const sets = objects.filter(({ kind }) => kind === 'StatefulSet').map(({ metadata }) => metadata.name);
    expect(sets.sort()).toEqual(['events-brokers', 'events-connect', 'events-controllers']);
    expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['kafka']));
  });
});

describe('the example 12-kubernetes-application', () => {
  test('synthesises brokers and two applications, one of them scaled by its lag', () => {
    const objects = synthesised('12-kubernetes-application');
    const sets = objects.filter(({ kind }) => kind === 'StatefulSet').map(({ metadata }) => metadata.name);
    expect(sets.sort()).toEqual(['events-app-billing', 'events-app-totals', 'events-brokers', 'events-controllers']);
    const scaled = objects.filter(({ kind }) => kind === 'ScaledObject').map(({ metadata }) => metadata.name);
    expect(scaled).toEqual(['events-app-billing']);
    expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['kafka']));
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

test.each(['04-kubernetes', '12-kubernetes-application'])(
  'the example %s is short, explained, and imports the package by its name',
  (example) => {
    const code = readFileSync(`examples/${example}/app.ts`, 'utf8');
    expect(code.split('\n').length).toBeLessThanOrEqual(45);
    expect(code).toMatch(/from 'kafka-deployment-kit\/charts'/);
    expect(code).not.toMatch(/from '\.\.?\//);
    expect(existsSync(`examples/${example}/README.md`)).toBe(true);
  },
);
