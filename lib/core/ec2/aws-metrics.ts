/**
 * What Amazon EC2 and Amazon EBS publish of instances and volumes by themselves, free of charge, by namespace, with the one dimension that the
 * kit asks for. Sources: Amazon EC2 user guide, CloudWatch metrics that are available for your instances; Amazon EBS user guide, Amazon
 * CloudWatch metrics for Amazon EBS; both read 2026-11-27.
 */
export const AWS_METRICS = {
  'AWS/EC2': {
    dimension: 'AutoScalingGroupName',
    names: ['CPUUtilization', 'EBSByteBalance%', 'StatusCheckFailed'],
  },
  'AWS/EBS': {
    dimension: 'VolumeId',
    names: [
      'VolumeIOPSExceededCheck',
      'VolumeQueueLength',
      'VolumeReadBytes',
      'VolumeStalledIOCheck',
      'VolumeThroughputExceededCheck',
      'VolumeWriteBytes',
    ],
  },
} as const;
