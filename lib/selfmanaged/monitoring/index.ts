export * from './ec2-alarms';
export * from './ec2-dashboard';
