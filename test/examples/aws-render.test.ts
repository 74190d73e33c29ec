import { renderMskTemplates } from '../../lib/msk/render';
import { renderEc2Templates } from '../../lib/selfmanaged/render';
import { modelOfFile } from '../support/environments';

describe('templates for review', () => {
  test('of Amazon MSK are one file that is the same every time', () => {
    const model = modelOfFile('dev');
    const files = renderMskTemplates(model);
    expect(files.map(({ path }) => path)).toEqual(['dev.template.json']);
    expect(files[0]!.content).toContain('"AWS::MSK::Cluster"');
    expect(files[0]!.content).not.toContain('BootstrapVersion');
    expect(renderMskTemplates(model)).toEqual(files);
  });

  test('of EC2 come with the files of each node, and hold no hash', () => {
    const model = modelOfFile('prod-ec2');
    const files = renderEc2Templates(model);
    const [template, ...rest] = files;
    expect(template!.path).toBe('prod-ec2.template.json');
    expect(template!.content).not.toMatch(/[0-9a-f]{64}/);
    expect(new Set(rest.map(({ path }) => path.split('/').slice(0, 2).join('/')))).toEqual(
      new Set(model.nodes.map(({ name }) => `nodes/${name}`)),
    );
    expect(rest.map(({ path }) => path)).toContain('nodes/brokers-0/server.properties');
    expect(renderEc2Templates(model)).toEqual(files);
  });
});
