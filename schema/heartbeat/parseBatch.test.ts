import { parseBatch } from './parseBatch.js';

const SLOT = 29_600_000;
const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
const beat = `"node":0,"slot":${SLOT},"sentAt":${SLOT * 60_000}`;

const parse = (body: string) => parseBatch(body, { nodes: 1, firstSlot: SLOT, lastSlot: SLOT });

describe('parseBatch', () => {
  it('reads what a beat says', () => {
    expect(parse(`{"beats":[{${beat},"hardware":{"gpuModel":"Ü 4090","gpuCount":1}}]}`)).toMatchObject({
      beats: [{ node: 0, slot: SLOT, hardware: { gpuModel: 'Ü 4090', gpuCount: 1 } }],
    });
  });

  it('takes a model as it is given: the writer makes a text of it', () => {
    const hardware = '{"gpuModel":"a\\u0000\\ud800","gpuCount":1}';
    expect(parse(`{"beats":[{${beat},"hardware":${hardware}}]}`)).toMatchObject({
      beats: [{ hardware: { gpuModel: 'a\0\ud800' } }],
    });
  });

  it.each<[string, string, string]>([
    ['a beat that is nested deep', `{"beats":[${deep}]}`, 'a list of 1'],
    ['a field that is nested deep', `{"beats":[{"node":0,"slot":${deep},"sentAt":1}]}`, 'a list of 1'],
    ['a text that cannot be made', '{"beats":[{"node":0,"slot":{"toString":1},"sentAt":1}]}', 'an object'],
    ['beats that cannot be made a text', '{"beats":[{"toString":1,"valueOf":1}]}', 'toString'],
    ['a field that every object inherits', `{"beats":[{${beat},"toString":1}]}`, 'toString'],
    ['another prototype', `{"beats":[{${beat},"__proto__":{"node":0}}]}`, '__proto__'],
    ['hardware of a prototype', `{"beats":[{${beat},"hardware":{"__proto__":1,"gpuCount":1}}]}`, 'something else'],
  ])('refuses %s', (_, body, got) => {
    expect(parse(body)).toEqual({ flaw: { expected: expect.any(String), got } });
  });
});
