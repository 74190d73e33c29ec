export { FakeCluster, type FakeAuthentication, type FakeClusterOptions, type FakePace } from './fake-cluster';
export { badRequest, FakeError, notFound, throttled } from './fake-error';
export { FakeMsk, type FakeMskOptions, type FakeOperationName } from './fake-msk';
