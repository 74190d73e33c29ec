import { array, boolean, bytes, int16, int32, nullableString, string, struct } from '../wire/layout';
import { message } from '../wire/message';

/** The classic protocol of groups, as far as a member of a group needs it that consumes nothing. */
export const joinGroup = message({
  name: 'JoinGroup',
  key: 11,
  version: 9,
  request: struct({
    groupId: string,
    sessionTimeoutMs: int32,
    rebalanceTimeoutMs: int32,
    memberId: string,
    groupInstanceId: nullableString,
    protocolType: string,
    protocols: array(struct({ name: string, metadata: bytes })),
    reason: nullableString,
  }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    generationId: int32,
    protocolType: nullableString,
    protocolName: nullableString,
    leader: string,
    skipAssignment: boolean,
    memberId: string,
    members: array(struct({ memberId: string, groupInstanceId: nullableString, metadata: bytes })),
  }),
});

export const syncGroup = message({
  name: 'SyncGroup',
  key: 14,
  version: 5,
  request: struct({
    groupId: string,
    generationId: int32,
    memberId: string,
    groupInstanceId: nullableString,
    protocolType: nullableString,
    protocolName: nullableString,
    assignments: array(struct({ memberId: string, assignment: bytes })),
  }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    protocolType: nullableString,
    protocolName: nullableString,
    assignment: bytes,
  }),
});

export const heartbeat = message({
  name: 'Heartbeat',
  key: 12,
  version: 4,
  request: struct({ groupId: string, generationId: int32, memberId: string, groupInstanceId: nullableString }),
  answer: struct({ throttleTimeMs: int32, errorCode: int16 }),
});

export const leaveGroup = message({
  name: 'LeaveGroup',
  key: 13,
  version: 5,
  request: struct({
    groupId: string,
    members: array(struct({ memberId: string, groupInstanceId: nullableString, reason: nullableString })),
  }),
  answer: struct({
    throttleTimeMs: int32,
    errorCode: int16,
    members: array(struct({ memberId: string, groupInstanceId: nullableString, errorCode: int16 })),
  }),
});
