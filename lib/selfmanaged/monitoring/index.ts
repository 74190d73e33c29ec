export * from './ec2-alarms';
