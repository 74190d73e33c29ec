import type { FakeType } from './fake-resources';

const named: FakeType = ({ properties, region, account }) => {
  const name = String(properties['AlarmName']);
  const Arn = `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
  return Promise.resolve({ physicalId: name, attributes: { Arn } });
};

/** Alarms of every kind, which the launcher puts into ministack's CloudWatch as well. */
export const FAKE_ALARM_TYPES: Readonly<Record<string, FakeType>> = {
  'AWS::CloudWatch::Alarm': named,
  'AWS::CloudWatch::CompositeAlarm': named,
};
