import { exhibitBases } from '../../src/config/exhibits.ts';
import { factorSizes } from '../../src/data/dataset.ts';
import { imagesOf } from '../../src/data/datasets.ts';
import { createWasmTrainer } from '../../src/engines/wasm/createWasmTrainer.ts';
import type { WasmEngine } from '../../src/engines/wasm/module.ts';
import { modelOf } from '../../src/families/families.ts';
import type { DecoderFile } from '../../src/files/exhibit.ts';
import { Work } from '../../src/metrics/work.ts';
import type { ExhibitLatent } from '../../src/model/exhibit.ts';
import { fromHalf, toHalf } from '../../src/model/half.ts';
import type { NamedTensors } from '../../src/model/parameters.ts';
import type { RunRecord } from '../../src/record/runRecord.ts';
import { codesOf } from '../train/codes.ts';
import { evaluateRun } from '../train/evaluateRun.ts';
import { lastMean } from '../train/summary.ts';

/** What is told of a trained model, measured on its weights as they ship: in half precision. */
export async function decoderFile(
  record: RunRecord,
  weights: NamedTensors,
  engine: WasmEngine,
): Promise<DecoderFile> {
  const { config, steps } = record;
  const reconstruction = lastMean(record.history.reconstruction, steps);
  if (reconstruction === undefined) throw new RangeError('the run has no reconstruction');
  const trainer = createWasmTrainer(modelOf(config), engine);
  try {
    trainer.writeParameters(rounded(weights));
    const source = imagesOf(config);
    const images = new Float32Array(exhibitBases.length * source.imageLength);
    for (const [at, base] of exhibitBases.entries()) source.draw(base, images, at * source.imageLength);
    const { mean, logVariance } = await trainer.encode(images);
    const { kl } = await codesOf(trainer, new Work({}));
    if (!logVariance || !kl) throw new RangeError('the model is no VAE');

    const evaluation = await evaluateRun(trainer);
    const sizes = factorSizes(source.factors);
    const latents = evaluation.mutualInformation.map((information, latent): ExhibitLatent => {
      const shares = information.map((nats, factor) =>
        sizes[factor] > 1 ? nats / Math.log(sizes[factor]) : 0,
      );
      const share = Math.max(...shares);
      return { kl: kl[latent], factor: shares.indexOf(share), share };
    });
    const about = {
      config,
      steps,
      reconstruction,
      factorVaeMetric: evaluation.factorVae.heldOut,
      mig: evaluation.mig,
      latents,
      bases: exhibitBases.map((base) => [...base]),
    };
    return { about, codes: { mean, logVariance }, weights };
  } finally {
    trainer.dispose();
  }
}

function rounded(weights: NamedTensors): NamedTensors {
  return new Map(
    [...weights].map(([name, { shape, data }]) => [name, { shape, data: fromHalf(toHalf(data)) }]),
  );
}
