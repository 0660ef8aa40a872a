import { isIP, Socket, type TcpNetConnectOpts } from 'node:net';

export interface Internet {
  /** Every connection that was tried: the addresses it could have gone to, and the port. */
  readonly connects: readonly string[];
  close(): void;
}

/**
 * Public addresses (`address:port`) that lead to ports of this machine, until it is closed. Nothing leaves the machine:
 * other public addresses refuse. Loopback stays loopback, so that a request that should not get there would.
 */
export function openInternet(servers: Readonly<Record<string, number>> = {}): Internet {
  const connects: string[] = [];
  const { connect } = Socket.prototype;

  function reroute(this: Socket, ...args: unknown[]): Socket {
    const { options, callback } = toOptions(args);
    const addresses = listAddresses(options);
    connects.push(`${addresses.join(' ')}:${options.port}`);
    const local = servers[`${addresses[0]}:${options.port}`];
    if (local !== undefined) {
      const rerouted: TcpNetConnectOpts = { ...options, host: '127.0.0.1', port: local };
      delete rerouted.lookup;
      return Reflect.apply(connect, this, [rerouted, callback]);
    }
    if (/^(127\.|0\.|::)/.test(addresses[0] ?? '')) return Reflect.apply(connect, this, args);
    process.nextTick(() => this.destroy(Object.assign(new Error('No such server.'), { code: 'ECONNREFUSED' })));
    return this;
  }

  // Its overloads come down to what toOptions reads.
  Socket.prototype.connect = reroute as typeof connect;
  return {
    connects,
    close() {
      Socket.prototype.connect = connect;
    },
  };
}

/** net.connect hands over its arguments as one list, tls.connect as they are. */
function toOptions(args: readonly unknown[]): { options: TcpNetConnectOpts; callback: () => void } {
  const [options, callback] = Array.isArray(args[0]) ? args[0] : args;
  return { options, callback };
}

function listAddresses({ host = '', lookup }: TcpNetConnectOpts): readonly string[] {
  if (isIP(host)) return [host];
  const found: string[] = [];
  lookup?.(host, { all: true }, (_error, addresses) => {
    if (Array.isArray(addresses)) found.push(...addresses.map(({ address }) => address));
  });
  return found.length > 0 ? found : [host];
}
