import { describe, expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { vaeModel } from '../../families/vae/model.ts';
import { GradientLayout } from './gradientLayout.ts';
import { type KernelChoice, registerChoice, usualTiles } from './kernelChoice.ts';
import { paddedLayer } from './layers.ts';
import { ParameterLayout } from './parameterLayout.ts';

const config = presets.quick;
const { plan } = vaeModel(config);
const layout = new ParameterLayout(plan);
const vae = layout.range('vae');
const layers = plan.optimisers[0].layers.map(paddedLayer);
const encoder = layers.filter(({ name }) => name.startsWith('encoder'));
const rows = layers.map((layer) => ({ layer, batch: config.batchSize }));
const place = (choice: KernelChoice, room: number) => new GradientLayout(layout, vae, rows, choice, room);

describe.each([registerChoice(8), usualTiles])('$name', (choice) => {
  const free = place(choice, Number.POSITIVE_INFINITY);
  const none = place(choice, 0);

  test('with room for all, convolutions get the parts that the kernels ask for', () => {
    for (const layer of layers) {
      const { picture } = layer;
      const wanted = picture ? choice.filterParts({ ...picture, batch: config.batchSize }) : 1;
      expect(free.of(layer).weight.parts).toBe(wanted);
    }
  });

  test('with none, one part each', () => {
    for (const layer of layers) expect(none.of(layer).weight.parts).toBe(1);
    expect(none.length).toBeLessThan(1.02 * vae.length);
  });

  test('what lies between fits, gradients do not overlap, and small ones keep more parts than large ones', () => {
    const room = Math.round((free.length + none.length) / 2);
    const some = place(choice, room);
    expect(some.length).toBeLessThanOrEqual(room);
    expect(some.length).toBeGreaterThan(none.length);
    let end = 0;
    for (const layer of layers)
      for (const { offset, parts, stride } of [some.of(layer).weight, some.of(layer).bias]) {
        expect(offset).toBe(end);
        end += parts * stride;
      }
    expect(end).toBe(some.length);
    const [first, second] = encoder.map((layer) => some.of(layer).weight.parts);
    expect(first).toBeGreaterThanOrEqual(second);
  });
});
