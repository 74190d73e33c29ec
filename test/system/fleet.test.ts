import { awsFleet } from '../../lib/admin/adapters/aws/fleet';
import { Moto, REGION } from '../support/ec2-stand-in/moto';

const GROUP = 'kafka-edge-brokers-0';

/** The real clients of AWS against an emulator. */
describe('a fleet on AWS', () => {
  const before = { ...process.env };
  let moto: Moto;
  let fleet: ReturnType<typeof awsFleet>;

  beforeAll(async () => {
    moto = await Moto.start();
    Object.assign(process.env, {
      ...{ AWS_ENDPOINT_URL: moto.url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    });
    const { subnetId } = await moto.ec2('DescribeSubnets', {}, 'subnetId');
    const { imageId } = await moto.ec2('DescribeImages', {}, 'imageId');
    const { launchTemplateId } = await moto.ec2(
      'CreateLaunchTemplate',
      {
        LaunchTemplateName: 'node',
        'LaunchTemplateData.ImageId': imageId,
        'LaunchTemplateData.InstanceType': 'm7g.large',
      },
      'launchTemplateId',
    );
    await moto.query('autoscaling', '2011-01-01', 'CreateAutoScalingGroup', {
      AutoScalingGroupName: GROUP,
      MinSize: '1',
      MaxSize: '1',
      VPCZoneIdentifier: subnetId,
      'LaunchTemplate.LaunchTemplateId': launchTemplateId,
      'LaunchTemplate.Version': '1',
    });
    fleet = awsFleet({ region: REGION, document: 'AWS-RunShellScript' });
  }, 120_000);
  afterAll(async () => {
    fleet.close();
    process.env = before;
    await moto.stop();
  });

  test('knows the instances of a group, and has one replaced', async () => {
    const [instance] = (await fleet.instances([GROUP])).get(GROUP)!;
    expect(instance).toMatchObject({ phase: 'there', current: true });
    await fleet.replace(instance!.id);
    const after = (await fleet.instances([GROUP])).get(GROUP)!;
    expect(after.map(({ id }) => id)).not.toContain(instance!.id);
    expect(after).toHaveLength(1);
  });

  test('gives an order, and waits for its end', async () => {
    const [instance] = (await fleet.instances([GROUP])).get(GROUP)!;
    expect(await fleet.order(instance!.id, 'state')).toMatchObject({ ok: true });
  });

  test('has no instances of a group that is not there', async () => {
    expect((await fleet.instances(['kafka-edge-other'])).size).toBe(0);
  });
});
