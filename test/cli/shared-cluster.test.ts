import { readFileSync } from 'node:fs';
import { REPOSITORY, STACK_TRACE, TemporaryProject } from '../support/kdk';

const read = (file: string): string => readFileSync(`${REPOSITORY}/environments/${file}`, 'utf8');

describe('kdk with a file that adds to the cluster of another', () => {
  const project = new TemporaryProject({
    'environments/base.yaml': read('base.yaml'),
    'environments/staging.yaml': read('staging.yaml'),
    'environments/team.yaml': read('checkout-team.yaml'),
    'environments/second.yaml': `name: second
cluster: ./staging.yaml
owns: { topics: ['check*'], principals: [second] }
`,
  });
  afterAll(() => project.remove());

  test.each([
    ['render', ['render', 'team', '--out', 'out']],
    ['lock', ['lock', 'team']],
    ['up', ['up', 'team']],
    ['down', ['down', 'team', '--delete']],
  ])('fails to %s it, and says where', async (_command, args) => {
    const { status, stdout, stderr } = await project.kdk(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(
      'error CLUSTER-ELSEWHERE checkout-team adds to the cluster of staging and describes none itself, got a file with cluster; the file of a cluster is needed here. Run it on staging.\n',
    );
    expect(stderr).not.toMatch(STACK_TRACE);
  });

  test('renders the settings of its clients', async () => {
    const { status } = await project.kdk(['render', 'team', '--clients', 'clients']);
    expect(status).toBe(0);
    const settings = readFileSync(project.path('clients/checkout-reports/client.properties'), 'utf8');
    expect(settings).toContain('username="checkout-reports-a"');
  });

  test('explains it under the name of the file', async () => {
    const { status, stdout } = await project.kdk(['explain', 'team', 'topics["checkout.carts"].partitions']);
    expect({ status, stdout }).toMatchObject({ status: 0 });
    expect(stdout).toContain('6\n  from: environments/team.yaml:7:30\n');
  });

  test('fails to validate files whose scopes overlap, at both places', async () => {
    const { status, stdout } = await project.kdk(['validate', 'team', 'second']);
    expect(status).toBe(1);
    expect(stdout.match(/error OWNS-OVERLAP owns\.topics\[0\]/g)).toHaveLength(2);
    expect(stdout).toContain('checkout-team (environments/team.yaml, kubernetes): 1 error\n');
    expect(stdout).toContain('second (environments/second.yaml, kubernetes): 1 error\n');
    expect((await project.kdk(['validate', 'team'])).status).toBe(0);
  });
});
