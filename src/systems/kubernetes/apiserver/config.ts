/** How an API server is started: the flags of kube-apiserver that matter here. */
export interface ApiServerConfig {
  /** --service-cluster-ip-range; only /16 networks are modelled: the first two numbers. */
  readonly serviceNetwork?: string;
  /** Address and port the service default/kubernetes leads to. */
  readonly advertiseAddress?: string;
  /** Bearer tokens for programs outside, by token. */
  readonly tokens?: Readonly<Record<string, string>>;
  /** --disable-admission-plugins. */
  readonly disableAdmissionPlugins?: readonly string[];
  /** --event-ttl, seconds. */
  readonly eventTtlSeconds?: number;
}
