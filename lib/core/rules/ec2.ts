import { nodeCapacityOf } from '../capacity';
import { architectureOf, ec2InstanceType, GP3, isInstanceType, volumePerformance, type Architecture } from '../ec2';
import type { EnvironmentModel, NodePoolModel } from '../model';
import { formatBytes, GIB, MIB } from '../units';
import { didYouMean, oneOf } from './hint';
import type { Rule } from './rule';

const MAX_EC2_VOLUMES = 11;

/** Names of architectures in the names of images. */
const SPELLED: Readonly<Record<Architecture, RegExp>> = {
  arm64: /arm64|aarch64|graviton/i,
  x86_64: /x86[_-]64|amd64/i,
};

/** Instances, their images and their volumes. */
export const EC2_RULES: readonly Rule[] = [
  {
    code: 'EC2-INSTANCE-TYPES',
    level: 'error',
    what: 'An instance type is given to a node pool that exists.',
    why: 'A mistyped pool would get the default instance type, without a word.',
    source: 'the environment schema',
    check(model, report) {
      if (model.target !== 'ec2') return;
      unknownPools(model, Object.keys(model.spec.targets?.ec2?.instanceTypes ?? {})).forEach(({ name, known }) =>
        report({
          path: ['targets', 'ec2', 'instanceTypes', name],
          message: `there is no such node pool, got ${name}; ${oneOf(known)}.`,
          hint: didYouMean(name, known, 'Remove it.'),
        }),
      );
    },
  },
  {
    code: 'EC2-PACKAGES',
    level: 'error',
    what: 'On EC2 the environment names the folder in S3 that instances fetch Kafka from.',
    why: 'Instances have no way to the internet, and nothing is downloaded that nobody checked.',
    source: 'the environment schema',
    check(model, report) {
      if (model.target !== 'ec2' || model.spec.targets?.ec2?.packages !== undefined) return;
      report({
        path: ['targets', 'ec2'],
        message: 'instances do not know where Kafka is, got no packages; a folder in S3 is needed.',
        hint: `Put what kdk packages writes (kafka_2.13-${model.kafka.patch}.tgz${model.metrics.enabled ? ', jmx_prometheus_javaagent.jar' : ''} and packages.sha256) there and add targets.ec2.packages, for example s3://my-packages/kafka.`,
      });
    },
  },
  {
    code: 'EC2-VOLUMES',
    level: 'error',
    what: `An instance has at most ${MAX_EC2_VOLUMES} data volumes.`,
    why: 'Devices are named by letters from f to p; others belong to the system.',
    source: 'Amazon EC2 user guide, Device names for volumes',
    check(model, report) {
      if (model.target !== 'ec2') return;
      for (const { name, volumeBytes } of model.pools) {
        if (volumeBytes.length <= MAX_EC2_VOLUMES) continue;
        report({
          path: ['nodePools', name, 'volumes'],
          message: `too many volumes for an instance, got ${volumeBytes.length}; at most ${MAX_EC2_VOLUMES} are allowed.`,
          hint: 'Use fewer and larger ones.',
        });
      }
    },
  },
  {
    code: 'EC2-INSTANCE-TYPE',
    level: 'error',
    what: 'An instance type is one that there could be.',
    why: 'An instance of a type that there is not is never launched, and the deployment ends half an hour later without a cluster.',
    source: 'Amazon EC2, DescribeInstanceTypes, read 2026-11-27',
    check(model, report) {
      if (model.target !== 'ec2') return;
      for (const [pool, type] of Object.entries(model.spec.targets?.ec2?.instanceTypes ?? {})) {
        if (isInstanceType(type)) continue;
        report({
          path: ['targets', 'ec2', 'instanceTypes', pool],
          message: `there is no such instance type, got ${type}; a family and a size, such as m7g.xlarge, are allowed.`,
          hint: 'Correct it.',
        });
      }
    },
  },
  {
    code: 'EC2-IMAGE',
    level: 'error',
    what: 'Where images are named, one is named for the processors of every instance type, and none says that it is for others.',
    why: 'Another image than the others have would come in unnoticed, and an instance does not start from an image for other processors.',
    source: 'Amazon EC2 user guide, AMI types',
    check(model, report) {
      const images = model.spec.targets?.ec2?.images;
      if (model.target !== 'ec2' || images === undefined) return;
      for (const { name } of model.pools) {
        const type = ec2InstanceType(model.spec, name);
        const architecture = architectureOf(type);
        if (images[architecture] !== undefined) continue;
        report({
          path: ['targets', 'ec2', 'images'],
          message: `no image is for the processors of ${type} (${name}), got ${Object.keys(images).join(', ') || 'none'}; ${architecture} is needed.`,
          hint: `Add ${architecture}, or use an instance type with other processors.`,
        });
      }
      for (const [architecture, other] of [
        ['arm64', 'x86_64'],
        ['x86_64', 'arm64'],
      ] as const) {
        const image = images[architecture];
        if (image === undefined || !SPELLED[other].test(image) || SPELLED[architecture].test(image)) continue;
        report({
          path: ['targets', 'ec2', 'images', architecture],
          message: `the image says that it is for other processors, got ${image}; one for ${architecture} is needed.`,
          hint: `Name it under ${other}, or correct the parameter.`,
        });
      }
    },
  },
  {
    code: 'EC2-VOLUME-PERFORMANCE',
    level: 'error',
    what: `A gp3 volume has up to ${GP3.mostGiB / 1024} TiB, ${GP3.throughputMiBps.least} to ${GP3.throughputMiBps.most} MiB/s, ${GP3.iops.least} to ${GP3.iops.most} operations a second, at most ${GP3.iops.perGiB} of them for each GiB, and ${GP3.throughputPerIops} MiB/s for each of them.`,
    why: 'Amazon EBS refuses any other volume while the stack is deployed.',
    source: 'Amazon EBS user guide, General Purpose SSD volumes, read 2026-11-27',
    check(model, report) {
      if (model.target !== 'ec2') return;
      const written = model.spec.targets?.ec2?.volumes ?? {};
      unknownPools(model, Object.keys(written)).forEach(({ name, known }) =>
        report({
          path: ['targets', 'ec2', 'volumes', name],
          message: `there is no such node pool, got ${name}; ${oneOf(known)}.`,
          hint: didYouMean(name, known, 'Remove it.'),
        }),
      );
      for (const pool of model.pools) {
        for (const [index, bytes] of pool.volumeBytes.entries()) {
          if (bytes <= GP3.mostGiB * GIB) continue;
          report({
            path: ['nodePools', pool.name, 'volumes', index, 'size'],
            message: `the volume is too large, got ${formatBytes(bytes)}; at most ${formatBytes(GP3.mostGiB * GIB)} is allowed.`,
            hint: 'Use several volumes, or more brokers.',
          });
        }
        if (written[pool.name] === undefined || pool.volumeBytes.length === 0) continue;
        for (const [key, message, hint] of performanceProblems(model, pool))
          report({ path: ['targets', 'ec2', 'volumes', pool.name, key], message, hint });
      }
    },
  },
  {
    code: 'EC2-VOLUME-WASTED',
    level: 'warning',
    what: 'Volumes are not made for more than their instance carries.',
    why: 'The bandwidth between an instance and its volumes is that of its type: what volumes could do beyond it is paid for and never used.',
    source: 'Amazon EC2 user guide, EBS-optimized instance types',
    check(model, report) {
      if (model.target !== 'ec2') return;
      for (const pool of model.pools) {
        const carried = nodeCapacityOf(model, pool).instanceStorageBytesPerSecond;
        const { throughputMiBps } = volumePerformance(model, pool);
        const made = throughputMiBps * pool.volumeBytes.length * MIB;
        if (carried === undefined || made <= carried || throughputMiBps <= GP3.throughputMiBps.least) continue;
        report({
          path: ['targets', 'ec2', 'volumes', pool.name, 'throughput'],
          message: `the volumes are made for more than the instance carries, got ${formatBytes(made)}/s; ${ec2InstanceType(model.spec, pool.name)} carries ${formatBytes(carried)}/s.`,
          hint: 'Lower it, or use larger instances.',
        });
      }
    },
  },
  {
    code: 'EC2-DNS-ZONE',
    level: 'error',
    what: 'The private zone of the nodes is a DNS domain of its own, and none of those that AWS keeps.',
    why: 'Names of nodes are advertised to clients; a zone of AWS would hide its names in the VPC.',
    source: 'Amazon Route 53 developer guide, Considerations when working with a private hosted zone',
    check(model, report) {
      const zone = model.spec.targets?.ec2?.dnsZone;
      if (model.target !== 'ec2' || zone === undefined) return;
      const domain = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(zone);
      const kept = /(^|\.)(ec2|compute)\.internal$|(^|\.)amazonaws\.com(\.cn)?$/.test(zone);
      if (domain && !kept) return;
      report({
        path: ['targets', 'ec2', 'dnsZone'],
        message: `${kept ? 'the zone belongs to AWS' : 'not a DNS domain'}, got ${zone}; a domain of lower-case labels that is used for nothing else, such as kafka.internal, is allowed.`,
        hint: 'Choose another one.',
      });
    },
  },
];

function* performanceProblems(
  model: EnvironmentModel,
  pool: NodePoolModel,
): Iterable<readonly [key: 'throughput' | 'iops', message: string, hint: string]> {
  const { throughputMiBps: throughput, iops } = volumePerformance(model, pool);
  const { least, most } = GP3.throughputMiBps;
  const smallest = Math.min(...pool.volumeBytes) / GIB;
  if (throughput < least || throughput > most)
    yield [
      'throughput',
      `no throughput of a gp3 volume, got ${throughput}MiB/s; ${least}MiB/s to ${most}MiB/s are allowed.`,
      'Change it, or use several volumes.',
    ];
  else if (throughput > iops * GP3.throughputPerIops)
    yield [
      'throughput',
      `the throughput needs more operations, got ${throughput}MiB/s with ${iops} a second; ${Math.floor(iops * GP3.throughputPerIops)}MiB/s are allowed with them.`,
      `Raise iops to ${Math.ceil(throughput / GP3.throughputPerIops)}, or leave it out.`,
    ];
  if (iops > Math.max(GP3.iops.least, smallest * GP3.iops.perGiB))
    yield [
      'iops',
      `the volume is too small for so many operations, got ${iops} a second with ${formatBytes(smallest * GIB)}; ${GP3.iops.perGiB} for each GiB are allowed.`,
      `Use volumes of ${Math.ceil(iops / GP3.iops.perGiB)}GiB, or less.`,
    ];
}

function unknownPools(model: EnvironmentModel, names: readonly string[]): { name: string; known: string[] }[] {
  const known = model.pools.map(({ name }) => name);
  return names.filter((name) => !known.includes(name)).map((name) => ({ name, known }));
}
