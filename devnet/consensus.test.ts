import { addVote, createTally, dropGroup, toTrust, toWeight } from './consensus.js';

/** The number of agreeing newcomers until consensus, after `wrong` others disagreed. */
function countVotes(trust: number, wrong = 0): number {
  const tally = createTally();
  for (let index = 0; index < wrong; index++) addVote(tally, { digest: `wrong ${index}`, weight: 2, trust });
  for (let votes = 1; ; votes++) if (addVote(tally, { digest: 'right', weight: 2, trust })) return votes;
}

describe('consensus', () => {
  it('asks as many newcomers as the contracts do', () => {
    expect([1, 2, 3, 4, 5, 9].map((trust) => countVotes(trust))).toEqual([1, 1, 2, 2, 3, 4]);
  });

  it('asks four good workers at trust 4 when one is wrong', () => {
    expect(countVotes(4, 1)).toBe(4);
  });

  it('gives newcomers weight 2 and lets it grow from score 12', () => {
    expect([0, 11, 12, 15, 40].map(toWeight)).toEqual([2, 2, 3, 4, 12]);
  });

  it('asks for the trust that needs the wanted replicas', () => {
    expect([1, 2, 3, 4].map((replicas) => countVotes(toTrust(replicas, 2)))).toEqual([1, 2, 3, 4]);
  });

  it('starts over after a consensus nobody revealed', () => {
    const tally = createTally();
    addVote(tally, { digest: 'right', weight: 2, trust: 3 });
    expect(addVote(tally, { digest: 'right', weight: 2, trust: 3 })).toBe(true);
    dropGroup(tally, 'right');
    expect(tally.total).toBe(1);
    expect(addVote(tally, { digest: 'right', weight: 2, trust: 3 })).toBe(false);
    expect(addVote(tally, { digest: 'right', weight: 2, trust: 3 })).toBe(true);
  });
});
