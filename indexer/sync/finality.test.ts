import { toFinalHeight, toFinalityDepth } from './finality.js';

describe('finality', () => {
  const base = { headHeight: 1_000, depth: 64, before: undefined };

  it('is the tag where the tag lies deeper than the depth rule', () => {
    expect(toFinalHeight({ ...base, tag: 900 })).toBe(900);
  });

  it('is the depth rule where there is no tag, or a tag that calls the head final', () => {
    expect(toFinalHeight({ ...base, tag: undefined })).toBe(937);
    expect(toFinalHeight({ ...base, tag: 1_000 })).toBe(937);
  });

  it('never sinks, and is nothing on a chain that is too short', () => {
    expect(toFinalHeight({ ...base, tag: 700, before: 900 })).toBe(900);
    expect(toFinalHeight({ ...base, headHeight: 10, tag: undefined })).toBeUndefined();
  });

  it('is deeper on chains whose reorgs are', () => {
    expect(toFinalityDepth(137)).toBeGreaterThan(toFinalityDepth(1));
  });
});
