import { type Address, encodeFunctionData, type Hex, serializeTypedData, stringToHex, zeroAddress } from 'viem';
import { assert, assertNever } from '../schema/lib/assert.js';
import { hubAbi as abi, registryAbi, rlcAbi, workerpoolAbi } from './abi.js';
import type { Transaction } from './chainWriter.js';
import type { Action, Places } from './marketState.js';
import { getPool } from './membership.js';
import { type Orders, toAuthorization, toCommitment, toTypedData } from './orders.js';
import type { Rpc, RpcCall } from './rpc.js';
import type { Encoder } from './Simulation.js';
import { accounts } from './scenario.js';

/** Every action fits well below (matchOrders, the largest, takes about 0.7 M). */
const gas = 2_000_000;
const results = stringToHex('{"storage":"none"}');

/** Turns actions into transactions; the signatures they need come from anvil, all in one request. */
export function createEncoder(rpc: Rpc, places: Places): Encoder<Action> {
  const signatures = new Map<string, Hex>();

  return {
    async encode(actions) {
      const wanted = new Map<string, RpcCall>();
      for (const action of actions) {
        for (const request of listSignatures(places, action)) {
          if (!signatures.has(request.key)) wanted.set(request.key, request.call);
        }
      }
      const answers = await rpc.batch([...wanted.values()]);
      for (const [index, key] of [...wanted.keys()].entries()) signatures.set(key, answers[index] as Hex);
      const transactions = actions.map((action) =>
        toTransaction(places, action, (key) => {
          const signature = signatures.get(key);
          assert(signature, `anvil signed ${key}`);
          return signature;
        }),
      );
      // Offers and app orders come again; what belongs to one deal or one task never does.
      for (const key of wanted.keys()) if (!isReused(key)) signatures.delete(key);
      return transactions;
    },
  };
}

interface SignatureRequest {
  readonly key: string;
  readonly call: RpcCall;
}

function listSignatures(places: Places, action: Action): SignatureRequest[] {
  function order<K extends keyof Orders>(kind: K, signer: number, value: Orders[K]): SignatureRequest {
    // Anvil wants the typed data as JSON in which every number is text.
    const data: unknown = JSON.parse(serializeTypedData(toTypedData(places.hub, kind, value)));
    const call = { method: 'eth_signTypedData_v4', params: [getAccount(places, signer), data] };
    return { key: `${kind}:${value.salt}`, call };
  }
  switch (action.kind) {
    case 'match': {
      const { orders, app, dataset, pool, requester } = action;
      return [
        order('AppOrder', accounts.appOwners[app] ?? 0, orders.app),
        ...(dataset === undefined ? [] : [order('DatasetOrder', accounts.datasetOwners[dataset] ?? 0, orders.dataset)]),
        order('WorkerpoolOrder', getPool(pool).owner, orders.workerpool),
        order('RequestOrder', requester, orders.request),
      ];
    }
    case 'offer':
      return [order('WorkerpoolOrder', getPool(action.pool).owner, action.order)];
    case 'contribute':
    case 'contributeAndFinalize': {
      const message = toAuthorization(getAccount(places, action.worker), action.taskId);
      const call = { method: 'personal_sign', params: [message, getAccount(places, getPool(action.pool).owner)] };
      return [{ key: `authorization:${message}`, call }];
    }
    default:
      return [];
  }
}

function isReused(key: string): boolean {
  return !key.startsWith('RequestOrder:') && !key.startsWith('authorization:');
}

type GetSignature = (key: string) => Hex;

function toTransaction(places: Places, action: Action, getSignature: GetSignature): Transaction {
  switch (action.kind) {
    case 'createPool':
    case 'changePolicy':
    case 'deposit':
    case 'withdraw':
      return toAccountTransaction(places, action);
    case 'offer':
    case 'match':
      return toOrderTransaction(places, action, getSignature);
    case 'contribute':
    case 'contributeAndFinalize':
      return toContribution(places, action, getSignature);
    default:
      return toTaskTransaction(places, action);
  }
}

type ActionOf<K extends Action['kind']> = Extract<Action, { kind: K }>;

function toAccountTransaction(
  places: Places,
  action: ActionOf<'createPool' | 'changePolicy' | 'deposit' | 'withdraw'>,
): Transaction {
  switch (action.kind) {
    case 'createPool': {
      const { owner, description } = getPool(action.pool);
      const from = getAccount(places, owner);
      const args = [from, description] as const;
      const data = encodeFunctionData({ abi: registryAbi, functionName: 'createWorkerpool', args });
      return { from, to: places.workerpoolRegistry, data, gas };
    }
    case 'changePolicy': {
      const args = [BigInt(action.workerStakePercent), BigInt(action.schedulerRewardPercent)] as const;
      const data = encodeFunctionData({ abi: workerpoolAbi, functionName: 'changePolicy', args });
      return { from: getAccount(places, getPool(action.pool).owner), to: places.pools[action.pool], data, gas };
    }
    case 'deposit': {
      // The token hands the amount on to the hub in the same transaction.
      const args = [places.hub, action.amountNrlc, '0x'] as const;
      const data = encodeFunctionData({ abi: rlcAbi, functionName: 'approveAndCall', args });
      return { from: getAccount(places, action.account), to: places.rlc, data, gas };
    }
    case 'withdraw': {
      const data = encodeFunctionData({ abi, functionName: 'withdraw', args: [action.amountNrlc] });
      return { from: getAccount(places, action.account), to: places.hub, data, gas };
    }
    default:
      return assertNever(action);
  }
}

function toOrderTransaction(
  places: Places,
  action: ActionOf<'offer' | 'match'>,
  getSignature: GetSignature,
): Transaction {
  const to = places.hub;
  if (action.kind === 'offer') {
    const args = [{ ...action.order, sign: getSignature(`WorkerpoolOrder:${action.order.salt}`) }] as const;
    const data = encodeFunctionData({ abi, functionName: 'broadcastWorkerpoolOrder', args });
    return { from: getAccount(places, getPool(action.pool).owner), to, data, gas };
  }
  const { app, dataset, workerpool, request } = action.orders;
  const args = [
    { ...app, sign: getSignature(`AppOrder:${app.salt}`) },
    { ...dataset, sign: dataset.dataset === zeroAddress ? '0x' : getSignature(`DatasetOrder:${dataset.salt}`) },
    { ...workerpool, sign: getSignature(`WorkerpoolOrder:${workerpool.salt}`) },
    { ...request, sign: getSignature(`RequestOrder:${request.salt}`) },
  ] as const;
  const functionName = action.sponsor === undefined ? 'matchOrders' : 'sponsorMatchOrders';
  const from = getAccount(places, action.sponsor ?? action.requester);
  return { from, to, data: encodeFunctionData({ abi, functionName, args }), gas };
}

function toContribution(
  places: Places,
  action: ActionOf<'contribute' | 'contributeAndFinalize'>,
  getSignature: GetSignature,
): Transaction {
  const { taskId, digest } = action;
  const from = getAccount(places, action.worker);
  const to = places.hub;
  const permit = getSignature(`authorization:${toAuthorization(from, taskId)}`);
  if (action.kind === 'contribute') {
    const { hash, seal } = toCommitment(from, taskId, digest);
    const args = [taskId, hash, seal, zeroAddress, '0x', permit] as const;
    return { from, to, data: encodeFunctionData({ abi, functionName: 'contribute', args }), gas };
  }
  const args = [taskId, digest, results, '0x', zeroAddress, '0x', permit] as const;
  return { from, to, data: encodeFunctionData({ abi, functionName: 'contributeAndFinalize', args }), gas };
}

function toTaskTransaction(
  places: Places,
  action: ActionOf<'initialize' | 'reveal' | 'finalize' | 'reopen' | 'claim'>,
): Transaction {
  const send = (account: number, data: Hex) => ({ from: getAccount(places, account), to: places.hub, data, gas });
  switch (action.kind) {
    case 'initialize': {
      const args = [action.dealId, BigInt(action.index)] as const;
      return send(getPool(action.pool).owner, encodeFunctionData({ abi, functionName: 'initialize', args }));
    }
    case 'reveal': {
      const args = [action.taskId, action.digest] as const;
      return send(action.worker, encodeFunctionData({ abi, functionName: 'reveal', args }));
    }
    case 'finalize': {
      const args = [action.taskId, results, '0x'] as const;
      return send(getPool(action.pool).owner, encodeFunctionData({ abi, functionName: 'finalize', args }));
    }
    case 'reopen':
      return send(
        getPool(action.pool).owner,
        encodeFunctionData({ abi, functionName: 'reopen', args: [action.taskId] }),
      );
    case 'claim':
      return send(action.requester, encodeFunctionData({ abi, functionName: 'claim', args: [action.taskId] }));
    default:
      return assertNever(action);
  }
}

function getAccount(places: Places, index: number): Address {
  const account = places.accounts[index];
  assert(account, `anvil has an account ${index}`);
  return account;
}
