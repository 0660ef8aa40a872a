import { toScoreHours } from './toScoreHours.js';

const at = (hours: readonly number[], headHour: number, needsHead = false) =>
  toScoreHours({ hours, headHour, needsHead });

describe('the hours as of which scores are made', () => {
  it('are none while the open hour goes on', () => {
    expect(at([50], 50)).toEqual({ hours: [], isPresent: true });
  });

  it('are the beginning of the open hour once one is closed', () => {
    expect(at([49, 50], 50)).toEqual({ hours: [50], isPresent: true });
  });

  it('are every midnight after the first hour in need, and the present', () => {
    expect(at([20, 100], 100)).toEqual({ hours: [24, 48, 72, 96, 100], isPresent: true });
    expect(at([24], 96)).toEqual({ hours: [], isPresent: false });
    expect(at([23, 96], 96)).toEqual({ hours: [24, 48, 72, 96], isPresent: true });
  });

  it('end where the turn ends that leaves more to the next one, which goes on from there', () => {
    expect(at([0, 47], 500)).toEqual({ hours: [24, 48], isPresent: false });
    expect(at([48, 71], 500)).toEqual({ hours: [72], isPresent: false });
  });

  it('are the present alone where blocks were taken back and nothing of it is there', () => {
    expect(at([50], 50, true)).toEqual({ hours: [50], isPresent: true });
    expect(at([48], 48, true)).toEqual({ hours: [48], isPresent: true });
  });
});
