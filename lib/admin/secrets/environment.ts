import type { SecretReference } from '../../core/model';
import { secretMissing, type SecretStore } from './store';

/** `KDK_SECRET_ORDERS_DB_PASSWORD` for key `password` of the secret `orders-db`. */
export function secretVariable({ secret, key }: SecretReference): string {
  return `KDK_SECRET_${secret}_${key}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/** Secrets in environment variables, as pipelines hand them over. */
export function environmentSecrets(variables: Readonly<Record<string, string | undefined>>): SecretStore {
  return {
    read: (reference) => {
      const name = secretVariable(reference);
      const value = variables[name];
      if (value === undefined || value === '')
        return Promise.reject(secretMissing(reference, `the environment variable ${name}`));
      return Promise.resolve(value);
    },
  };
}
