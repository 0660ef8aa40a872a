import { keccak256, stringToBytes } from 'viem';
import { livepeerContractIds } from './contractIds.js';

describe("ids of the Controller's contracts", () => {
  it.each(Object.entries(livepeerContractIds))('%s is the hash of its name', (name, id) => {
    expect(id).toBe(keccak256(stringToBytes(name)));
  });
});
