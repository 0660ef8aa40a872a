import { gpuCatalogue } from './gpuCatalogue.js';
import { gpuPerformance } from './gpuPerformance.js';

describe('the table of performance', () => {
  it('names models of the catalogue, each with a figure above zero and its source', () => {
    const known = new Set(gpuCatalogue.models.map(({ id }) => id));
    for (const [model, { tflops, source }] of gpuPerformance.models) {
      expect([model, known.has(model)]).toEqual([model, true]);
      expect(tflops).toMatch(/^[1-9]\d*(\.\d+)?$/);
      expect(source).toMatch(/^https:\/\//);
    }
  });

  it('has a version and the model that is its unit', () => {
    expect(gpuPerformance.version).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(gpuPerformance.models.get(gpuPerformance.reference)?.tflops).toBe('989');
  });
});
