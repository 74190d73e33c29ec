import { readFileSync } from 'node:fs';
import { formatIssue, hasErrors, type Issue } from '../../lib/core/issue';
import type { EnvironmentModel } from '../../lib/core/model';
import type { TargetName } from '../../lib/core/spec';
import { openEnvironment, type OpenedEnvironment, type OpenOptions } from '../../lib/environment/open';

type Extra = Omit<OpenOptions, 'path' | 'read'>;

/** Opens an environment that a test holds as text; further files by path may be given. */
export function openText(yaml: string, extra: Extra & { files?: Record<string, string> } = {}): OpenedEnvironment {
  const { files, ...options } = extra;
  const texts: Record<string, string> = { 'test.yaml': yaml, ...files };
  const read = (path: string): string => {
    const text = texts[path];
    if (text === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
    return text;
  };
  return openEnvironment({ path: 'test.yaml', read, ...options });
}

/** The model of an environment of the repository; fails the test where it has errors. */
export function modelOfFile(name: string, target?: TargetName, extra: Extra = {}): EnvironmentModel {
  return modelOf(
    openEnvironment({
      path: `environments/${name}.yaml`,
      read: (path) => readFileSync(path, 'utf8'),
      ...(target === undefined ? {} : { target }),
      ...extra,
    }),
  );
}

/** The model of a text; fails the test where it has errors. */
export function modelOfText(yaml: string, extra: Extra & { files?: Record<string, string> } = {}): EnvironmentModel {
  return modelOf(openText(yaml, extra));
}

function modelOf(opened: OpenedEnvironment): EnvironmentModel {
  if (opened.model === undefined || hasErrors(opened.issues))
    throw new Error(opened.issues.map(formatIssue).join('\n'));
  return opened.model;
}

/** `CODE path` of each issue, for comparing with a list. */
export function codes(issues: readonly Issue[]): string[] {
  return issues.map((issue) => `${issue.code} ${issue.path}`.trim());
}

/** The smallest environment that is right; `local`, three combined nodes. */
export const MINIMAL = `name: mini
target: local
kafka: { version: '4.3' }
nodePools:
  nodes: { roles: [broker, controller], replicas: 3 }
listeners:
  internal: { authentication: none }
`;
