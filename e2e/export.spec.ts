import { presets } from '../src/config/presets.ts';
import { runConfigSchema } from '../src/config/schema.ts';
import { vaeLayers } from '../src/families/vae/networks.ts';
import { tensorsOf } from '../src/model/parameters.ts';
import { expect, test } from './playground.ts';

test("exports PyTorch's names and shapes with the run's settings", async ({ playground }) => {
  await playground.open('?preset=tiny&seed=5');
  await playground.singleSteps(2);
  const { name, file } = await playground.exportWeights();

  expect(name).toBe('factorvae-tiny-seed5-step2.safetensors');
  expect(file.metadata.step).toBe('2');
  const config = runConfigSchema.parse(JSON.parse(file.metadata.config));
  expect(config).toEqual({ ...presets.tiny, seed: 5 });
  expect([...file.tensors].map(([tensor, { shape }]) => [tensor, shape])).toEqual(
    tensorsOf(vaeLayers(config)).map((spec) => [spec.name, spec.shape]),
  );
  for (const { dtype, data } of file.tensors.values()) {
    expect(dtype).toBe('F32');
    expect([...data].every((value) => Number.isFinite(Number(value)))).toBe(true);
  }
});
