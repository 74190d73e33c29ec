import { aclKey, CLUSTER_RESOURCE, type Acl, type KafkaError } from '../../../core/cluster';
import type { ItemResult } from '../../port';
import { kafkaError } from './errors';
import type { MetadataImage, MetadataLog } from './metadata';

const DISABLED = kafkaError('SECURITY_DISABLED', 'No Authorizer is configured.');

/** ACLs as the StandardAuthorizer keeps them: the whole binding is its identity. */
export class MemoryAcls {
  constructor(
    private readonly log: MetadataLog,
    private readonly authorizer: boolean,
  ) {}

  /** Never "none" where the cluster has no authorizer. */
  describe(image: MetadataImage): readonly Acl[] | KafkaError {
    return this.authorizer ? [...image.acls.values()] : DISABLED;
  }

  create(acls: readonly Acl[]): ItemResult<Acl>[] {
    return acls.map((acl) => {
      const error = this.authorizer ? aclError(acl) : DISABLED;
      if (error !== undefined) return { item: acl, error };
      const key = aclKey(acl);
      if (!this.log.committed.acls.has(key)) this.log.commit('acls', key, acl);
      return { item: acl };
    });
  }

  delete(acls: readonly Acl[]): ItemResult<Acl>[] {
    return acls.map((acl) => {
      if (!this.authorizer) return { item: acl, error: DISABLED };
      const key = aclKey(acl);
      if (this.log.committed.acls.has(key)) this.log.commit('acls', key, undefined);
      return { item: acl };
    });
  }
}

function aclError({ principal, resourceType, resourceName }: Acl): KafkaError | undefined {
  if (resourceName === '') return kafkaError('INVALID_REQUEST', 'Resource name should not be empty');
  if (resourceType === 'cluster' && resourceName !== CLUSTER_RESOURCE)
    return kafkaError('INVALID_REQUEST', `The only valid name for the CLUSTER resource is ${CLUSTER_RESOURCE}`);
  if (!principal.includes(':'))
    return kafkaError('INVALID_REQUEST', `Could not parse principal from \`${principal}\` (no colon is present)`);
  return undefined;
}
