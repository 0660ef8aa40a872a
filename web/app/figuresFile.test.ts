import { parseFiguresQuestion, toFiguresPath } from './figuresFile.js';

const ask = (search: string) => parseFiguresQuestion(new URLSearchParams(search));

describe('the file of figures', () => {
  it.each([
    {
      metrics: ['jobs.success'],
      networks: ['a'],
      interval: 'hour' as const,
      hardware: 'nvidia-h100',
      everyHardware: false,
    },
    { metrics: ['x', 'y'], networks: ['a', 'b&c'], interval: 'day' as const, hardware: null, everyHardware: true },
  ])('is asked for what its page was answered by', (question) => {
    const path = toFiguresPath(question);
    expect(path).toMatch(/^\/figures\.csv\?/);
    expect(ask(path.slice(path.indexOf('?')))).toEqual(question);
  });

  it('is none of nothing', () => {
    expect(ask('?metrics=x')).toBeUndefined();
    expect(ask('?metrics=,&networks=a')).toBeUndefined();
  });

  it('takes what it does not know for the usual, and never both one class and every one', () => {
    expect(ask('?metrics=x,x&networks=a&interval=minute&hardware=h&everyHardware=true')).toEqual({
      ...{ metrics: ['x'], networks: ['a'], interval: 'day', hardware: null, everyHardware: true },
    });
  });
});
