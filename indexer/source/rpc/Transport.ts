/** One endpoint on the wire. What stands behind it may be HTTP, a recorded tape or a simulated node. */
export interface Transport {
  /** Sends the calls as one request, a batch where there are several. Throws TransportError. */
  send(calls: readonly RpcCall[], options: SendOptions): Promise<RpcReply>;
  /**
   * Tells of each new head as the endpoint announces it, until the returned function is called. Absent where the
   * endpoint cannot; `onEnd` is called when a subscription breaks or is refused, and nothing comes after it.
   */
  readonly subscribeHeads?: (onHead: (header: unknown) => void, onEnd: (reason: string) => void) => () => void;
  close(): Promise<void>;
}

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

export interface SendOptions {
  /** From the sending to the last byte. */
  readonly deadlineMs: number;
  /** Of the answer's body; a longer one is cut off and fails as `tooLarge`. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export interface RpcReply {
  /** In the order of the calls. */
  readonly answers: readonly RpcAnswer[];
  /** Of the body, any compression undone: what it takes in memory. */
  readonly bytes: number;
  /** The endpoint answered the batch with a single error, which stands for every call. */
  readonly refusedWhole?: boolean | undefined;
}

/** A node's own error is an answer: the node is there and says why not. */
export type RpcAnswer =
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'error'; readonly code: number; readonly message: string; readonly data?: unknown };
