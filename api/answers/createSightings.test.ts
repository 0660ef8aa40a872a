import { createSightings } from './createSightings.js';

describe('what was seen lately', () => {
  it('is known the second time', () => {
    const sightings = createSightings(10);
    expect(['a', 'b', 'a', 'b', 'c'].map((text) => sightings.note(text))).toEqual([false, false, true, true, false]);
  });

  it('is forgotten after twice as many others, and not before so many', () => {
    const sightings = createSightings(100);
    sightings.note('first');
    for (let at = 0; at < 99; at++) sightings.note(`other ${at}`);
    expect(sightings.note('first')).toBe(true);
    for (let at = 0; at < 250; at++) sightings.note(`another ${at}`);
    expect(sightings.note('first')).toBe(false);
  });
});
