import { array, boolean, int16, int32, int8, nullableString, string, struct, uuid } from '../wire/layout';
import { message } from '../wire/message';

export const unregisterBroker = message({
  name: 'UnregisterBroker',
  key: 64,
  version: 0,
  effect: 'writes',
  request: struct({ brokerId: int32 }),
  answer: struct({ throttleTimeMs: int32, errorCode: int16, errorMessage: nullableString }),
});

export const removeRaftVoter = message({
  name: 'RemoveRaftVoter',
  key: 81,
  version: 0,
  effect: 'writes',
  request: struct({ clusterId: nullableString, voterId: int32, voterDirectoryId: uuid }),
  answer: struct({ throttleTimeMs: int32, errorCode: int16, errorMessage: nullableString }),
});

export const updateFeatures = message({
  name: 'UpdateFeatures',
  key: 57,
  version: 1,
  effect: 'writes',
  request: struct({
    timeoutMs: int32,
    featureUpdates: array(struct({ feature: string, maxVersionLevel: int16, upgradeType: int8 })),
    validateOnly: boolean,
  }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: nullableString,
    results: array(struct({ feature: string, errorCode: int16, errorMessage: nullableString })),
  }),
});
