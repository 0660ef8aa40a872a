import type { AccountRecord, BuyerRecord } from '../../../schema/metrics/formulas/score/NetworkRecord.js';
import { compareTexts } from './order.js';

export interface ShownAccount {
  readonly account: string;
  /** Unix seconds. */
  readonly from: number;
}

/** Whose accounts were shown, each since when it was first seen. */
export interface ShownAccounts {
  /** `known`: when the last of what tells of it came, where that is later: money may lie there before the job that it is for. */
  readonly show: (owner: string, account: string, from: number, known?: number) => void;
  /** Takes back what was known at a time, or later. */
  readonly cut: (from: number) => void;
  readonly list: () => ReadonlyMap<string, readonly ShownAccount[]>;
}

interface Sight {
  readonly from: number;
  readonly known: number;
}

/** Of each account all sights that no other one makes needless: earlier, and known as early. */
export function createShownAccounts(): ShownAccounts {
  const owners = new Map<string, Map<string, readonly Sight[]>>();
  return {
    show: (owner, account, from, known = from) => {
      const accounts = owners.get(owner) ?? new Map<string, readonly Sight[]>();
      owners.set(owner, accounts);
      const sights = accounts.get(account) ?? [];
      if (sights.some((sight) => sight.from <= from && sight.known <= known)) return;
      accounts.set(account, [...sights.filter((sight) => sight.from < from || sight.known < known), { from, known }]);
    },
    cut: (time) => {
      for (const [owner, accounts] of owners) {
        for (const [account, sights] of accounts) {
          if (sights.every(({ known }) => known < time)) continue;
          const left = sights.filter(({ known }) => known < time);
          if (left.length > 0) accounts.set(account, left);
          else accounts.delete(account);
        }
        if (accounts.size === 0) owners.delete(owner);
      }
    },
    list: () =>
      new Map(
        [...owners].map(([owner, accounts]) => [
          owner,
          [...accounts].map(([account, sights]) => ({ account, from: Math.min(...sights.map(({ from }) => from)) })),
        ]),
      ),
  };
}

/** Buyers in the order of their ids, with their accounts in the order of time. */
export function listShown(shown: ReadonlyMap<string, readonly ShownAccount[]>): readonly BuyerRecord[] {
  return [...shown]
    .map(([id, accounts]) => ({
      id,
      accounts: accounts
        .map(({ account, from }): AccountRecord => ({ account, from, reason: account === id ? 'self' : 'payer' }))
        .sort((one, other) => one.from - other.from || compareTexts(one.account, other.account)),
    }))
    .sort((one, other) => compareTexts(one.id, other.id));
}
