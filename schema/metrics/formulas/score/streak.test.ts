import { addToStreak, startStreak, streakExcess, streakFactor } from './streak.js';

/** Page's recursion, oldest first, as it is written in the books. */
function recursion(outcomes: readonly boolean[]): number {
  return outcomes.reduce((sum, isSuccess) => Math.max(0, sum + Math.log(0.5 / (isSuccess ? 0.95 : 0.05))), 0);
}

it('is the recursion, whichever end one begins at', () => {
  for (let bits = 0; bits < 2 ** 12; bits += 1) {
    const outcomes = Array.from({ length: 12 }, (_, index) => ((bits >> index) & 1) === 1);
    const streak = startStreak();
    for (const isSuccess of outcomes.toReversed()) addToStreak(streak, isSuccess, 1);
    expect(Math.abs(streak.sum - recursion(outcomes))).toBeLessThan(1e-9);
  }
});

it('costs nothing for one failure, and two thirds of a component for five', () => {
  const factor = (failures: number) => {
    const streak = startStreak();
    for (let count = 0; count < failures; count += 1) addToStreak(streak, false, 1);
    return streakFactor(streakExcess(streak));
  };
  expect(factor(1)).toBe(1);
  expect(factor(5)).toBeCloseTo(0.324, 3);
});
