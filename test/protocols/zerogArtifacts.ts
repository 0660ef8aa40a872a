import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Hex } from '../../schema/lib/hex.js';

/** Bytecode of the real contracts, and of the proxies they stand behind. */
export interface ZerogArtifacts {
  readonly ledger: Hex;
  readonly inference: Hex;
  readonly fineTuning: Hex;
  readonly beacon: Hex;
  readonly proxy: Hex;
}

const sdk = '@0gfoundation/0g-compute-ts-sdk';
/** As @iexec/poco names it. */
const openzeppelin = '@openzeppelin/contracts-v5';

/** Why there is no bytecode here; undefined where there is. */
export function findMissingPackage(): string | undefined {
  return [sdk, `${openzeppelin}/package.json`].find((name) => {
    try {
      require.resolve(name);
      return false;
    } catch {
      return true;
    }
  });
}

/** The package is read as text, never run: its own dependencies may be absent. */
export function readZerogArtifacts(): ZerogArtifacts {
  return {
    ledger: readFactory('ledger', 'LedgerManager'),
    inference: readFactory('inference', 'InferenceServing'),
    fineTuning: readFactory('fine-tuning', 'FineTuningServing'),
    beacon: readBuild('UpgradeableBeacon'),
    proxy: readBuild('BeaconProxy'),
  };
}

const require = createRequire(import.meta.url);

function readFactory(folder: string, name: string): Hex {
  const root = path.dirname(require.resolve(sdk));
  const file = path.join(root, folder, 'contract', 'typechain', 'factories', `${name}__factory.js`);
  const [, bytecode] = /_bytecode\s*=\s*['"](0x[0-9a-f]+)['"]/.exec(readFileSync(file, 'utf8')) ?? [];
  if (!bytecode) throw new Error(`Expected bytecode of ${name} in ${file}, found none.`);
  return bytecode as Hex;
}

function readBuild(name: string): Hex {
  const file = require.resolve(`${openzeppelin}/build/contracts/${name}.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly bytecode: Hex }).bytecode;
}
