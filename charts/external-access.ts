/** Who signs the certificate of a listener. */
export interface CertificateIssuer {
  /** Name of the issuer of cert-manager. */
  readonly issuerName: string;
  /**
   * `Issuer` or `ClusterIssuer`.
   *
   * @default ClusterIssuer
   */
  readonly kind?: string;
  /**
   * API group, for an external issuer such as that of AWS Private CA.
   *
   * @default cert-manager.io
   */
  readonly group?: string;
}

/** What every way to reach a listener from outside may choose. */
export interface ExternalAccessProps {
  /** Name of a broker, with `{id}`, `{ordinal}`, `{pool}` and `{rack}` in it: `b{id}.kafka.example.org`. */
  readonly host: string;
  /**
   * Who signs the certificate of this listener.
   *
   * @default - the authority of the environment, with the certificate of the nodes
   */
  readonly issuer?: CertificateIssuer;
  /**
   * Secret with `tls.crt` and `tls.key` (PKCS #8) for this listener only.
   *
   * @default - the certificate of the issuer, else that of the nodes
   */
  readonly certificate?: string;
  /**
   * Annotations of the Services or routes, for the controller that serves them.
   *
   * @default - none
   */
  readonly annotations?: { readonly [annotation: string]: string };
}

/** Addresses that may connect. */
export interface SourceRangesProps extends ExternalAccessProps {
  /**
   * Addresses of clients, in CIDR notation.
   *
   * @default - any
   */
  readonly sourceRanges?: string[];
  /**
   * Addresses that load balancers or nodes speak from, where they hide those of clients; network policies go by them.
   *
   * @default - sourceRanges
   */
  readonly proxyRanges?: string[];
}

/** Properties of access by load balancers. */
export interface LoadBalancerAccessProps extends SourceRangesProps {
  /** Name that clients begin with. */
  readonly bootstrapHost: string;
  /**
   * Port of the load balancers.
   *
   * @default - that of the listener
   */
  readonly port?: number;
  /**
   * Class of load balancers, for example `service.k8s.aws/nlb`.
   *
   * @default - the one of the Kubernetes cluster
   */
  readonly loadBalancerClass?: string;
  /**
   * `none` where load balancers reach pods directly, so that they take no node ports; else `allocate`.
   *
   * @default allocate
   */
  readonly nodePorts?: string;
  /**
   * Who makes the records of the hosts: `external-dns`, by an annotation, or `own`: you.
   *
   * @default external-dns
   */
  readonly dnsRecords?: string;
}

/** Properties of access by node ports. The host may be one name for all nodes, or `{nodeIp}`, the address of the node that a pod runs on. */
export interface NodePortAccessProps extends SourceRangesProps {
  /** The node port of a broker is this and its `node.id` together; 30000 to 32767. */
  readonly firstNodePort: number;
  /** Node port that clients begin with. */
  readonly bootstrapNodePort: number;
  /**
   * Name that clients begin with.
   *
   * @default - host, or nodeAddresses with host `{nodeIp}`
   */
  readonly bootstrapHost?: string;
  /**
   * Addresses of the Kubernetes nodes, for host `{nodeIp}`: certificates name them, and clients begin there.
   *
   * @default - none
   */
  readonly nodeAddresses?: string[];
}

/** Properties of access by a Gateway. */
export interface TlsRouteAccessProps extends ExternalAccessProps {
  /** Name that clients begin with. */
  readonly bootstrapHost: string;
  /** Name of the Gateway, which has a TLS listener in mode Passthrough at port 443. */
  readonly gatewayName: string;
  /**
   * Namespace of the Gateway.
   *
   * @default - that of the cluster
   */
  readonly gatewayNamespace?: string;
  /**
   * Name of the listener of the Gateway.
   *
   * @default - every one that fits
   */
  readonly gatewaySection?: string;
  /**
   * Version of TLSRoute: `v1` from Gateway API 1.5 on, before that `v1alpha3` or `v1alpha2`.
   *
   * @default v1
   */
  readonly routeVersion?: string;
  /**
   * Namespace of the pods that forward connections.
   *
   * @default - that of the Gateway
   */
  readonly proxyNamespace?: string;
  /**
   * Labels of the pods that forward connections.
   *
   * @default - all pods of that namespace
   */
  readonly proxyLabels?: { readonly [label: string]: string };
}

/** How a listener is reached from outside the Kubernetes cluster. Addresses follow from the properties; nothing is looked up. */
export class ExternalAccess {
  /** A load balancer a broker. */
  public static loadBalancer(props: LoadBalancerAccessProps): ExternalAccess {
    return new ExternalAccess({ expose: 'load-balancer', ...withIssuer(props) });
  }

  /** A port of every Kubernetes node a broker. */
  public static nodePort(props: NodePortAccessProps): ExternalAccess {
    return new ExternalAccess({ expose: 'node-port', ...withIssuer(props) });
  }

  /** One Gateway for all brokers, told apart by the name that clients ask for (SNI). */
  public static tlsRoute(props: TlsRouteAccessProps): ExternalAccess {
    const { gatewayName, gatewayNamespace, gatewaySection, routeVersion, proxyNamespace, proxyLabels, ...rest } = props;
    const gateway = {
      name: gatewayName,
      namespace: gatewayNamespace,
      section: gatewaySection,
      apiVersion: routeVersion,
      proxyNamespace,
      proxyLabels,
    };
    return new ExternalAccess({ expose: 'tls-route', gateway, ...withIssuer(rest) });
  }

  private constructor(private readonly spec: Record<string, unknown>) {}

  /** @internal */
  public _spec(): Record<string, unknown> {
    return this.spec;
  }
}

function withIssuer({ issuer, ...rest }: ExternalAccessProps): Record<string, unknown> {
  if (issuer === undefined) return rest;
  const { issuerName, kind, group } = issuer;
  return { ...rest, issuer: { name: issuerName, kind, group } };
}
