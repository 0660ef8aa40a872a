import { divideRounded, findWhole, MAX_UINT256 } from './answers.js';

/**
 * Livepeer's prices are wei per pixel and often fractions of one: they are kept with 12 decimals more than ether has. The
 * real ones lie between 50 and 10^8 wei.
 */
export const PIXEL_PRICE_DECIMALS = 30;
export const FURTHER_DECIMALS = 12;

/** `pricePerUnit / pixelsPerUnit` in wei of so many further decimals. */
export function findPixelPrice(pricePerUnit: unknown, pixelsPerUnit: unknown): bigint | undefined {
  const [price, pixels] = [findWhole(pricePerUnit), findWhole(pixelsPerUnit)];
  if (price === undefined || !pixels) return undefined;
  const amount = divideRounded(price * 10n ** BigInt(FURTHER_DECIMALS), pixels);
  return amount <= MAX_UINT256 ? amount : undefined;
}
