/**
 * Whole units shared out to parts of either sign that add up to about the total, by largest remainder: each part is its quota rounded
 * down or up, and they add up to the total exactly. Of equal remainders the first is served first. What is left beyond that, because
 * the total was rounded itself, goes on in the same order.
 */
export function sharePoints(total: number, quotas: readonly number[]): number[] {
  const scaled = quotas.map((quota) => quota * 1_000_000);
  const points = scaled.map(Math.floor);
  const order = scaled
    .map((quota, index) => ({ index, rest: quota - Math.floor(quota) }))
    .sort((one, other) => other.rest - one.rest || one.index - other.index);
  let left = total - points.reduce((sum, point) => sum + point, 0);
  for (let turn = 0; left !== 0 && order.length > 0; turn += 1) {
    // Too many were given only where rounding the total took one away: from the part with the smallest remainder.
    const place = left > 0 ? turn % order.length : order.length - 1 - (turn % order.length);
    const index = order[place]?.index ?? 0;
    points[index] = (points[index] ?? 0) + Math.sign(left);
    left -= Math.sign(left);
  }
  return points;
}
