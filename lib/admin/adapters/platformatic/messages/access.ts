import {
  array,
  boolean,
  bytes,
  float64,
  int16,
  int32,
  int8,
  nullableArray,
  nullableString,
  string,
  struct,
} from '../wire/layout';
import { message } from '../wire/message';

const aclFilter = {
  resourceTypeFilter: int8,
  resourceNameFilter: nullableString,
  patternTypeFilter: int8,
  principalFilter: nullableString,
  hostFilter: nullableString,
  operation: int8,
  permissionType: int8,
};

export const describeAcls = message({
  name: 'DescribeAcls',
  key: 29,
  version: 3,
  request: struct(aclFilter),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: nullableString,
    resources: array(
      struct({
        resourceType: int8,
        resourceName: string,
        patternType: int8,
        acls: array(struct({ principal: string, host: string, operation: int8, permissionType: int8 })),
      }),
    ),
  }),
});

export const createAcls = message({
  name: 'CreateAcls',
  key: 30,
  version: 3,
  effect: 'writes',
  request: struct({
    creations: array(
      struct({
        resourceType: int8,
        resourceName: string,
        resourcePatternType: int8,
        principal: string,
        host: string,
        operation: int8,
        permissionType: int8,
      }),
    ),
  }),
  answer: struct({
    throttleTimeMs: int32,
    results: array(struct({ errorCode: int16, errorMessage: nullableString })),
  }),
});

export const deleteAcls = message({
  name: 'DeleteAcls',
  key: 31,
  version: 3,
  effect: 'writes',
  request: struct({ filters: array(struct(aclFilter)) }),
  answer: struct({
    throttleTimeMs: int32,
    filterResults: array(
      struct({
        errorCode: int16,
        errorMessage: nullableString,
        matchingAcls: array(
          struct({
            errorCode: int16,
            errorMessage: nullableString,
            resourceType: int8,
            resourceName: string,
            patternType: int8,
            principal: string,
            host: string,
            operation: int8,
            permissionType: int8,
          }),
        ),
      }),
    ),
  }),
});

export const describeUsers = message({
  name: 'DescribeUserScramCredentials',
  key: 50,
  version: 0,
  /** Users null: all. */
  request: struct({ users: nullableArray(struct({ name: string })) }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: nullableString,
    results: array(
      struct({
        user: string,
        errorCode: int16,
        errorMessage: nullableString,
        credentialInfos: array(struct({ mechanism: int8, iterations: int32 })),
      }),
    ),
  }),
});

export const alterUsers = message({
  name: 'AlterUserScramCredentials',
  key: 51,
  version: 0,
  effect: 'writes',
  request: struct({
    deletions: array(struct({ name: string, mechanism: int8 })),
    upsertions: array(struct({ name: string, mechanism: int8, iterations: int32, salt: bytes, saltedPassword: bytes })),
  }),
  answer: struct({
    throttleTimeMs: int32,
    results: array(struct({ user: string, errorCode: int16, errorMessage: nullableString })),
  }),
});

const quotaEntity = array(struct({ entityType: string, entityName: nullableString }));

export const describeQuotas = message({
  name: 'DescribeClientQuotas',
  key: 48,
  version: 1,
  request: struct({
    components: array(struct({ entityType: string, matchType: int8, match: nullableString })),
    strict: boolean,
  }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: nullableString,
    entries: nullableArray(struct({ entity: quotaEntity, values: array(struct({ key: string, value: float64 })) })),
  }),
});

export const alterQuotas = message({
  name: 'AlterClientQuotas',
  key: 49,
  version: 1,
  effect: 'writes',
  request: struct({
    entries: array(
      struct({ entity: quotaEntity, ops: array(struct({ key: string, value: float64, remove: boolean })) }),
    ),
    validateOnly: boolean,
  }),
  answer: struct({
    throttleTimeMs: int32,
    entries: array(struct({ errorCode: int16, errorMessage: nullableString, entity: quotaEntity })),
  }),
});
