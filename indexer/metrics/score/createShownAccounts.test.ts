import { createShownAccounts, listShown } from './createShownAccounts.js';

describe('accounts that are shown', () => {
  it('are known since when they were first seen, whatever comes first', () => {
    const shown = createShownAccounts();
    for (const from of [50, 30, 70]) shown.show('b', 'purse', from);
    shown.show('b', 'b', 40);
    expect(listShown(shown.list())).toEqual([
      {
        id: 'b',
        accounts: [
          { account: 'purse', from: 30, reason: 'payer' },
          { account: 'b', from: 40, reason: 'self' },
        ],
      },
    ]);
  });

  it('are taken back with what told of them, and stand as they did before', () => {
    const shown = createShownAccounts();
    shown.show('b', 'purse', 50);
    // The money lay there earlier, but who it was for came out later.
    shown.show('b', 'purse', 20, 80);
    shown.show('c', 'c', 80);
    expect(shown.list().get('b')).toEqual([{ account: 'purse', from: 20 }]);
    shown.cut(80);
    expect([...shown.list()]).toEqual([['b', [{ account: 'purse', from: 50 }]]]);
    shown.cut(50);
    expect([...shown.list()]).toEqual([]);
  });
});
