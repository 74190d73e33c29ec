import type { MskClusterDescription } from '../../adapters/aws/msk-control-plane';
import type { SettingsProperties } from './control-properties';

type Connectivity = MskClusterDescription['connectivity'];

/** A setting that a cluster cannot be made with. Each is a request of its own: the service refuses several in one. */
export interface UpdateOnlySetting {
  readonly name: string;
  /** Undefined where the resource does not own it. */
  wanted(properties: SettingsProperties): readonly string[] | undefined;
  isSo(cluster: MskClusterDescription, wanted: readonly string[]): boolean;
  request(wanted: readonly string[]): Connectivity;
}

const MULTI_VPC: UpdateOnlySetting = {
  name: 'multi-VPC connectivity',
  wanted: ({ MultiVpc }) => MultiVpc,
  isSo: ({ connectivity }, wanted) => {
    const { Sasl, Tls } = connectivity.VpcConnectivity?.ClientAuthentication ?? {};
    const now = { iam: Sasl?.Iam?.Enabled, 'scram-sha-512': Sasl?.Scram?.Enabled, mtls: Tls?.Enabled };
    return Object.entries(now).every(([authentication, on]) => (on ?? false) === wanted.includes(authentication));
  },
  // Every authentication is named: one that is left out would keep what it has.
  request: (wanted) => ({
    VpcConnectivity: {
      ClientAuthentication: {
        Sasl: {
          Iam: { Enabled: wanted.includes('iam') },
          Scram: { Enabled: wanted.includes('scram-sha-512') },
        },
        Tls: { Enabled: wanted.includes('mtls') },
      },
    },
  }),
};

export const UPDATE_ONLY_SETTINGS: readonly UpdateOnlySetting[] = [MULTI_VPC];
