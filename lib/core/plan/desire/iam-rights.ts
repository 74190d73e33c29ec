import { connectListener, mirrorWorkers } from '../../config';
import type { EnvironmentModel, PrincipalModel } from '../../model';
import { aclRights } from './acl-rights';
import { applicationRights } from './application-rights';
import { connectorRights, workerRights } from './connect-rights';
import { mirrorRights } from './mirror-rights';
import type { Right } from './right';

/** What a principal whose rights are a policy of AWS needs beyond its intent: its own entries, its applications, its connectors. */
export function iamPrincipalRights(model: EnvironmentModel, principal: PrincipalModel): Right[] {
  return [
    ...aclRights(principal),
    ...connectorRights(model, principal.name),
    ...applicationRights(model, principal.name),
  ];
}

/** What the workers need that log in with IAM as pods of another environment: those of connectors, and those of mirrors. */
export function iamWorkerRights(model: EnvironmentModel): Right[] {
  const withIam = (one: EnvironmentModel | undefined): boolean =>
    one?.connect?.environment !== undefined && connectListener(one).authentication === 'iam';
  return [
    ...(withIam(model) ? workerRights(model) : []),
    ...(withIam(mirrorWorkers(model)) ? mirrorRights(model) : []),
  ];
}
