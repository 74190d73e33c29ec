export type { AccessProbe, Attempt, ConnectProbe } from './probe';
export { verifyAccess, type UserLogIn, type VerifyAccessOptions } from './verify-access';
