import { describe, expect, it } from '@jest/globals';
import { readWorkload } from './readWorkload.js';

const read = (search: string) =>
  readWorkload(new URLSearchParams(search), { models: ['nvidia-h100'], network: undefined });

describe('a workload in the address', () => {
  it('is none where nothing is asked for: a network alone narrows the list', () => {
    expect(read('network=a&sort=jobs&model=&vram=').isAsked).toBe(false);
    expect(read('count=1').isAsked).toBe(true);
    expect(read('in=eu').isAsked).toBe(true);
  });

  it('is read whole, per cent as a share and a comma as a point', () => {
    const { workload, problems } = read(
      'model=NVIDIA-H100&vram=80&count=4&hours=1,5&in=eu&in=us&out=asia&maxPrice=.5&minSuccess=92.5',
    );
    expect(problems).toEqual({});
    expect(workload).toEqual({
      ...{ model: 'nvidia-h100', minVramGb: 80, gpuCount: 4, hours: '1.5', regionsIn: ['eu', 'us'] },
      ...{ regionsOut: ['asia'], maxPrice: '0.5', minSuccess: '0.925' },
    });
  });

  it('takes what is left out as one GPU for one hour', () => {
    expect(read('minSuccess=0').workload).toEqual({ gpuCount: 1, hours: '1', minSuccess: '0' });
  });

  it.each([
    ['model=h9000', 'model'],
    ['vram=0', 'vram'],
    ['vram=1.5', 'vram'],
    ['count=-1', 'count'],
    ['count=1e3', 'count'],
    ['hours=0', 'hours'],
    ['hours=100001', 'hours'],
    ['maxPrice=free', 'maxPrice'],
    ['maxPrice=0.0', 'maxPrice'],
    ['minSuccess=101', 'minSuccess'],
    ['in=eu&out=eu', 'out'],
    ['hours=%00', 'hours'],
    [`count=${'9'.repeat(400)}`, 'count'],
    [`in=${'r'.repeat(400)}`, 'in'],
    ['out=a%00', 'out'],
    ['model=%3Cscript%3Ealert(1)%3C/script%3E', 'model'],
  ])('of %s says what is wrong of %s', (search, field) => {
    const { problems, workload } = read(search);
    expect(Object.keys(problems)).toEqual([field]);
    expect(workload).toBeNull();
  });

  it('takes fifty regions at most, each once', () => {
    const search = Array.from({ length: 80 }, (_, at) => `in=r${at % 60}`).join('&');
    expect(read(search).workload?.regionsIn).toHaveLength(50);
  });
});
