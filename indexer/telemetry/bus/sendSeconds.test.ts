import { silentLog } from '../../../test/silentLog.js';
import { createRandom } from '../../../test/simulation/createRandom.js';
import { createVirtualClock, createVirtualRuntime, EPOCH_MS } from '../../../test/simulation/createVirtualClock.js';
import { decodeMessage } from './decodeMessage.js';
import { createSecondsSender, type SecondsSender } from './sendSeconds.js';

/** A minute of virtual time; what is answered at which second, and the seconds that were sent. */
async function live(answer: (second: number, sender: SecondsSender) => void): Promise<readonly number[]> {
  const clock = createVirtualClock(createRandom(1, 'clock'));
  const runtime = createVirtualRuntime(clock, createRandom(1, 'seconds'));
  const seconds = new Set<number>();
  const sender = createSecondsSender({
    ...{ observer: 7, isListening: () => true, log: silentLog, runtime },
    async send(message) {
      for (const { slot, bits } of decodeMessage(message).alive)
        for (let bit = 0; bit < 60; bit += 1) if ((bits >> BigInt(bit)) & 1n) seconds.add(slot * 60 + bit);
    },
  });
  const ending = new AbortController();
  const running = sender.run(ending.signal);
  const main = async () => {
    // Between two looks, so that each answer falls into a second of its own.
    await clock.sleep(250);
    for (let second = 0; second < 60; second += 1) {
      answer(second, sender);
      await clock.sleep(1_000);
    }
    ending.abort();
    await running;
  };
  await clock.run(main());
  return [...seconds].map((second) => second - EPOCH_MS / 1_000).filter((second) => second < 60);
}

const all = Array.from({ length: 60 }, (_, second) => second);

describe('the seconds that a gateway sends', () => {
  it('are all of them where some are turned away beside many that are taken', async () => {
    const seconds = await live((_, sender) => {
      for (let time = 0; time < 10; time += 1) sender.take();
      sender.refuse();
    });
    expect(seconds).toEqual(all);
  });

  it('are not those in which more were turned away than taken', async () => {
    const seconds = await live((second, sender) => {
      sender.take();
      if (second === 20) for (let time = 0; time < 2; time += 1) sender.refuse();
    });
    expect(seconds).toEqual(all.filter((second) => second !== 20));
  });
});
